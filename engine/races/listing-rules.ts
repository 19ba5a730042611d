import { show } from '../../specs/model/state/show.ts';
import { precedes } from './history.ts';
import { type Accepted, faultOf, type Listed, numberOf, type Rule } from './rule-inputs.ts';

export const traceOfRefusal: Rule = ({ reads, listed }) => {
  for (const refused of reads) {
    if (refused.told.kind !== 'refused') continue;
    for (const one of listed) {
      const trace = refused.patches.find(({ key, value }) => one.listing.records.get(key)?.value === value);
      if (trace === undefined) continue;
      const what = `${show(trace.key)}=${show(trace.value)}`;
      return faultOf(
        'refused-changes-nothing',
        'trace of a refusal',
        [refused, one],
        `no ${what}, because call ${numberOf(refused)}, which sets it, is refused`,
        what,
      );
    }
  }
  return null;
};

export const staleListing: Rule = ({ accepted, listed, deletions }) => {
  if (deletions.length > 0) return null;
  for (const one of listed) {
    const { count } = one.listing;
    const update = accepted.find((other) => precedes(other, one) && other.count > count);
    const because = (known: number, by: string): string => `DatasetSyncCount is at least ${known}, because ${by}`;
    if (update !== undefined)
      return faultOf(
        'listed-at-once',
        'stale listing',
        [update, one],
        because(update.count, `call ${numberOf(update)} was given that before call ${numberOf(one)} began`),
        String(count),
      );
    const before = listed.find((other) => precedes(other, one) && other.listing.count > count);
    if (before !== undefined)
      return faultOf(
        'listed-at-once',
        'listing goes back',
        [before, one],
        because(before.listing.count, `call ${numberOf(before)} showed that before call ${numberOf(one)} began`),
        String(count),
      );
  }
  return null;
};

/** What is no longer there when somebody looks who comes later, and was not replaced. */
export const lostUpdate: Rule = ({ accepted, listed, deletions }) => {
  if (deletions.length > 0) return null;
  for (const update of accepted) {
    for (const one of listed) {
      if (!precedes(update, one) || update.count > one.listing.count) continue;
      const lost = update.patches.find(({ key }) => !has(update, key, one));
      if (lost === undefined) continue;
      const shown = one.listing.records.get(lost.key);
      return faultOf(
        'nothing-lost',
        'lost update',
        [update, one],
        `${show(lost.key)} at ${update.count} or above, because call ${numberOf(update)} was accepted with that count`,
        shown === undefined ? `no ${show(lost.key)}` : `${show(lost.key)}@${shown.count}`,
      );
    }
  }
  return null;
};

/** A listing at the count of an update, or above, that lacks it or a part of it. */
export const tornListing: Rule = ({ accepted, listed, deletions }) => {
  if (deletions.length > 0) return null;
  for (const one of listed) {
    for (const update of accepted) {
      if (update.count > one.listing.count) continue;
      const missing = update.patches.filter(({ key }) => !has(update, key, one)).map(({ key }) => show(key));
      if (missing.length === 0) continue;
      const all = missing.length === update.patches.length;
      return faultOf(
        'whole-updates',
        all ? 'torn listing' : 'torn batch',
        [update, one],
        `${missing.join(' and ')} at ${update.count} or above, because DatasetSyncCount is ${one.listing.count} and call ${numberOf(update)} has count ${update.count}`,
        all ? `nothing of call ${numberOf(update)}` : `only a part of call ${numberOf(update)}`,
      );
    }
  }
  return null;
};

/** A listing that already shows what has a higher count than its own: what it lacks will come, so no client is hurt. */
export const aheadOfItself: Rule = ({ listed }) => {
  for (const one of listed) {
    const { records, count } = one.listing;
    const [ahead] = [...records].filter(([, record]) => record.count > count);
    if (ahead === undefined) continue;
    return faultOf(
      'listing-is-one-state',
      'listing ahead of itself',
      [one],
      `no record above ${count}, because that is DatasetSyncCount`,
      `${show(ahead[0])}@${ahead[1].count}`,
    );
  }
  return null;
};

/** What was written before a deletion, or to a record that only existed before it, and is listed after it. */
export const resurrected: Rule = ({ accepted, listed, deletions }) => {
  for (const deletion of deletions) {
    for (const update of accepted) {
      const old = precedes(update, deletion) || update.patches.some(({ count }) => count > 0);
      const after = listed.find(
        (one) =>
          precedes(deletion, one) &&
          update.patches.some(({ key, value }) => one.listing.records.get(key)?.value === value),
      );
      if (!old || precedes(deletion, update) || after === undefined) continue;
      return faultOf(
        'deleted-stays-deleted',
        'resurrected record',
        [update, deletion, after],
        `nothing of call ${numberOf(update)}, because call ${numberOf(deletion)} deleted the dataset that it knew`,
        update.patches.map(({ key, value }) => `${show(key)}=${show(value)}`).join(', '),
      );
    }
  }
  return null;
};

function has(update: Accepted, key: string, { listing }: Listed): boolean {
  return (listing.records.get(key)?.count ?? 0) >= update.count;
}
