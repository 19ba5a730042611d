import type { Exercise } from '../../specs/model/state/prediction.ts';
import { isDeletion, overlap, precedes, type Read, readAll } from './history.ts';
import type { Made } from './observed.ts';

/** What the calls of a race put to the test: each could have shown that a requirement is broken. */
export function exercisesIn(made: readonly Made[]): readonly Exercise[] {
  const reads = readAll(made);
  const updates = reads.filter(({ told }) => told.kind === 'accepted' || told.kind === 'refused');
  const accepted = updates.filter(({ told }) => told.kind === 'accepted');
  const listed = reads.filter(({ told }) => told.kind === 'listed');
  const deletions = reads.filter(isDeletion);
  const found = new Map<string, Exercise>();
  const exercise = (name: string, context: string): void => {
    const requirement = `concurrency/${name}`;
    found.set(`${requirement} ${context}`, { requirement, context });
  };
  for (const update of accepted) {
    const size = update.patches.length > 1 ? 'a batch' : 'one patch';
    for (const other of updates) {
      if (other === update || !overlap(update, other)) continue;
      exercise(meet(update, other) ? 'one-accepted' : 'counts-in-order', size);
      if (!meet(update, other)) exercise('counts-without-gaps', size);
      if (listed.some((one) => precedes(update, one))) exercise('nothing-lost', size);
      if (other.told.kind === 'refused' && listed.some((one) => precedes(other, one)))
        exercise('refused-changes-nothing', other.patches.length > 1 ? 'a batch' : 'one patch');
    }
    for (const one of listed) {
      if (precedes(update, one)) exercise('listed-at-once', size);
      if (overlap(update, one)) exercise('listing-is-one-state', size);
      if (overlap(update, one) && update.patches.length > 1)
        exercise('whole-updates', `${update.patches.length} patches`);
    }
  }
  for (const update of updates)
    if (updates.some((other) => other !== update && overlap(update, other)))
      exercise('meeting-calls-answered', 'two updates');
  for (const deletion of deletions)
    if (updates.some((update) => overlap(deletion, update))) exercise('deleted-stays-deleted', 'beside an update');
  if (accepted.length > 0) exercise('one-order', `${Math.min(accepted.length, 4)} updates`);
  return [...found.values()];
}

/** Whether two updates patch a record at the same count. */
function meet(one: Read, other: Read): boolean {
  return one.patches.some(({ key, count }) =>
    other.patches.some((patch) => patch.key === key && patch.count === count),
  );
}
