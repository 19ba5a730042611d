/** One question that is put to a target before it is judged. */
export interface Stage<State, Complaint> {
  readonly name: string;
  /** Adds to the state what it found out, or resolves to what makes all further questions pointless. */
  readonly run: (state: State) => Promise<Complaint | undefined>;
}

/** Runs the stages in order until one complains; resolves to its complaint. */
export async function runStages<State, Complaint>(
  stages: readonly Stage<State, Complaint>[],
  state: State,
): Promise<Complaint | undefined> {
  for (const stage of stages) {
    const complaint = await stage.run(state);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}
