import { show } from '../../specs/model/state/show.ts';
import { isContended, overlap, precedes, type Read } from './history.ts';
import { type Accepted, faultOf, numberOf, type Parts, type Rule } from './rule-inputs.ts';

/** Of two updates that patch a record at the same count only one can have found it so. */
export const acceptedTwice: Rule = (parts) => bothAccepted(parts, overlap);

/** The same, of updates that did not meet: the second may only have been shown what is not so. */
export const acceptedAgain: Rule = (parts) => bothAccepted(parts, () => true);

function bothAccepted(
  { accepted, deletions }: Parts,
  concerned: (one: Read, other: Read) => boolean,
): ReturnType<Rule> {
  for (const [one, other] of pairs(accepted)) {
    const both = one.patches.find(({ key, count }) =>
      other.patches.some((patch) => patch.key === key && patch.count === count),
    );
    // A deletion begins a new life, in which records start at 0 again.
    if (both === undefined || (both.count === 0 && deletions.length > 0) || !concerned(one, other)) continue;
    return faultOf(
      'one-accepted',
      'accepted twice',
      [one, other],
      `ResourceConflictException for one of calls ${numberOf(one)} and ${numberOf(other)}, because both patch ${show(both.key)} at ${both.count}`,
      'both are accepted',
    );
  }
  return null;
}

export const sharedCount: Rule = ({ accepted }) => {
  for (const [one, other] of pairs(accepted)) {
    if (one.count !== other.count) continue;
    return faultOf(
      'counts-in-order',
      'shared count',
      [one, other],
      `another count than ${one.count}, because call ${numberOf(one)} is given that`,
      `count ${other.count} as well`,
    );
  }
  return null;
};

export const goesBack: Rule = ({ accepted }) => {
  for (const first of accepted) {
    const later = accepted.find((other) => precedes(first, other) && other.count < first.count);
    if (later === undefined) continue;
    return faultOf(
      'counts-in-order',
      'count goes back',
      [first, later],
      `a count above ${first.count}, because call ${numberOf(first)} was given that before call ${numberOf(later)} began`,
      `count ${later.count}`,
    );
  }
  return null;
};

export const splitBatch: Rule = ({ accepted }) => {
  for (const update of accepted) {
    if (new Set(update.counts.values()).size < 2) continue;
    return faultOf(
      'whole-updates',
      'split batch',
      [update],
      'one count for all records of the update',
      [...update.counts].map(([key, count]) => `${show(key)}@${count}`).join(', '),
    );
  }
  return null;
};

/** A count that nobody was given: harmless, but nothing of the sort was ever seen. */
export const skippedCount: Rule = ({ accepted, listed, reads }) => {
  if (reads.some(({ told }) => told.kind === 'open')) return null;
  const counts = accepted.map(({ count }) => count).sort((a, b) => a - b);
  const unknown = listed.find(({ listing }) => listing.count > 0 && !counts.includes(listing.count));
  if (unknown !== undefined)
    return faultOf(
      'counts-without-gaps',
      'skipped count',
      [unknown],
      'a DatasetSyncCount that an accepted update was given',
      String(unknown.listing.count),
    );
  const missing = counts.find((count, at) => count !== at + 1);
  const update = accepted.find(({ count }) => count === missing);
  if (update === undefined) return null;
  return faultOf(
    'counts-without-gaps',
    'skipped count',
    [update],
    `count ${counts.indexOf(update.count) + 1}, because no accepted update has it`,
    `count ${update.count}`,
  );
};

/** Nobody else uses the dataset since the client listed it, and still it is refused. */
export const currentRefused: Rule = ({ reads }) => {
  const refused = reads.find((read) => read.told.kind === 'refused' && read.told.conflict && !isContended(read, reads));
  if (refused === undefined) return null;
  return faultOf(
    'one-order',
    'refusal of a current count',
    [refused],
    'the update is accepted, because nobody else used the dataset since its client listed it',
    'ResourceConflictException',
  );
};

function pairs(all: readonly Accepted[]): readonly (readonly [Accepted, Accepted])[] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other): readonly [Accepted, Accepted] => [one, other]));
}
