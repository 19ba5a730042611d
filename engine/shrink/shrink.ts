import type { Sequence } from '../../specs/types/sequence.ts';
import { passes } from './passes.ts';
import { type Failing, type Failure, asSeen, failuresOf, sameFailure } from '../play/failure.ts';
import { isShifting } from '../exchange/paging-rules.ts';
import type { Played } from '../play/played.ts';
import { withPlainKeys } from './renaming.ts';
import { type Size, sizeOf, smaller } from './size.ts';
import type { ShrinkTools, Shrunk } from './shrunk.ts';

/**
 * Looks for the smallest sequence with the same failure: takes a smaller candidate only if it fails the same way, until none
 * is left. Candidates that cannot fail this way by the model are rejected without a request. After a success a pass goes on
 * where it was: what failed to help before it seldom helps after it, and every pass is made again until none finds anything.
 */
export async function shrink(found: Failing, tools: ShrinkTools): Promise<Shrunk> {
  let best = cut(found);
  let size = sizeOf(best.sequence, best.failure.calls);
  /** Its size with the calls that the model foresees, as they are foreseen for candidates. */
  let foreseen = foreseenSize(best, tools) ?? size;
  let requests = 0;
  const tried = new Set<string>([JSON.stringify(best.sequence)]);
  /** What was played and did not fail, whatever plain keys it had. */
  const right = new Set<string>();
  let vain = 0;

  /** Whether the candidate was taken; null when there is no going on. */
  async function take(candidate: Sequence): Promise<boolean | null> {
    const text = JSON.stringify(candidate);
    if (tried.has(text)) return false;
    tried.add(text);
    const kind = JSON.stringify(withPlainKeys(candidate));
    if (right.has(kind) || !promising(candidate)) return false;
    if (requests >= tools.maxRequests) return null;
    const played = await tools.attempt(candidate);
    if (played === null) return null;
    requests += played.reduce((sum, one) => sum + one.exchanges.length, 0);
    const failing = failingIn(candidate, played, best.failure);
    if (failing === undefined) {
      right.add(kind);
      vain += 1;
      if (vain === patience) await lookAgain();
      return false;
    }
    vain = Infinity;
    const failingSize = sizeOf(failing.sequence, failing.failure.calls);
    if (!smaller(failingSize, size)) return false;
    best = failing;
    size = failingSize;
    foreseen = foreseenSize(best, tools) ?? size;
    return true;
  }

  /** Whether by the model the candidate comes to a call of the same kind, and in a smaller size. */
  function promising(candidate: Sequence): boolean {
    const { requirement, operation } = best.failure;
    const expected = foreseenSize({ sequence: candidate, failure: best.failure }, tools);
    if (expected === null) return false;
    // A walk over pages that goes further than it must takes more calls than foreseen, whatever is walked over.
    const walks = requirement.startsWith('paging/') && !isShifting(operation);
    return smaller(expected, walks ? foreseen : size);
  }

  /** It may have been seen before the target's choices were known; now another failure stands before it. */
  async function lookAgain(): Promise<void> {
    if (best.failure.secondary) return;
    const played = await tools.attempt(best.sequence);
    if (played === null) return;
    requests += played.reduce((sum, one) => sum + one.exchanges.length, 0);
    const after = { ...best.failure, secondary: true };
    if (failingIn(best.sequence, played, best.failure) !== undefined) return;
    const failing = failingIn(best.sequence, played, after);
    if (failing === undefined) return;
    best = failing;
    tried.clear();
    right.clear();
  }

  for (let progress = true; progress;) {
    progress = false;
    for (const pass of passes) {
      for (let isolation: number | null = 0; isolation !== null;) {
        const from: number = isolation;
        isolation = null;
        let at = -1;
        for (const candidate of pass(best.sequence, best.failure)) {
          at += 1;
          if (at < from) continue;
          const taken = await take(candidate);
          if (taken === null) return { ...best, requests };
          if (!taken) continue;
          progress = true;
          isolation = at;
          break;
        }
      }
    }
  }
  return { ...best, requests };
}

/** Candidates in vain, none of which was taken, after which the failure itself is in doubt. */
const patience = 4;

/** Steps after the one that fails are of no use. */
function cut(found: Failing): Failing {
  return { ...found, sequence: { ...found.sequence, steps: found.sequence.steps.slice(0, found.failure.step + 1) } };
}

/** The size with the calls that a conforming target would take; null where it comes to no such call. */
function foreseenSize({ sequence, failure }: Failing, { rehearse }: ShrinkTools): Size | null {
  const last = sequence.steps.length - 1;
  const met = rehearse(sequence).find(
    (one) =>
      one.operation === failure.operation &&
      one.expected === failure.expected &&
      (failure.secondary || one.step === last),
  );
  return met === undefined ? null : sizeOf(sequence, met.call + met.exchanges.length);
}

function failingIn(sequence: Sequence, played: readonly Played[], wanted: Failure): Failing | undefined {
  for (const one of played) {
    const failure = failuresOf(one).find((other) => sameFailure(wanted, other));
    if (failure !== undefined) return cut({ sequence, failure: asSeen(wanted, failure) });
  }
  return undefined;
}
