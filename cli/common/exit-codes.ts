/** The exit codes that do not come from the verdict of a run. */
export const exitCodes: {
  readonly ok: 0;
  readonly failed: 1;
  readonly notJudged: 4;
  readonly usage: 64;
  readonly internal: 70;
  readonly interrupted: 130;
} = { ok: 0, failed: 1, notJudged: 4, usage: 64, internal: 70, interrupted: 130 };
