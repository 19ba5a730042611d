import type { Confirmed, Joined } from './minimum.ts';

/** One that takes in all that the other stands for, whichever calls show it. */
export function isWhole(host: Joined, guest: Joined): boolean {
  return [isNameOf, leaksInto, isUnreadable, isSummedIn].some((one) => one(host, guest));
}

/** An error type that is not declared, where another finding says which error should have come in its place. */
function isNameOf(host: Joined, guest: Joined): boolean {
  const [named, other] = [host.lead.shrunk.failure, guest.lead.shrunk.failure];
  return (
    guest.requirement === 'wire/error-is-declared' &&
    host.requirement !== guest.requirement &&
    named.operation === other.operation &&
    named.actual === other.actual &&
    named.actual !== 'ok'
  );
}

/** What clients cannot do without, and what holds it. */
const needed = /^(?:|.*\/(?:Records|Datasets|Dataset|IdentityUsage|IdentityPoolUsages?|SyncCount|SyncSessionToken))$/;

/** Whatever is wrong after an answer that cannot be read may come of that. */
function isUnreadable(host: Joined, guest: Joined): boolean {
  const shape = 'wire/answers-have-the-modelled-shape';
  if (host.requirement !== shape || guest.requirement === shape) return false;
  const broken = ({ played }: Confirmed): readonly string[] =>
    played.flatMap(({ operation, deviations }) =>
      deviations
        .filter(({ suspects, pointer }) => suspects[0] === shape && needed.test(pointer))
        .map(({ pointer }) => `${operation} ${pointer.replaceAll(/\d+/g, '#')}`),
    );
  const known = broken(host.lead);
  return broken(guest.lead).some((one) => known.includes(one));
}

/** What the sums of an identity or a pool show: any dataset that should not be there is in them. */
const summed = /^(?:usage|quota)\/|^consistency\/(?:identity|pool)-usage-storage$/;

function isSummedIn(host: Joined, guest: Joined): boolean {
  if (!summed.test(guest.requirement)) return false;
  const operations = guest.lead.played.map(({ operation }) => operation);
  if (host.requirement === 'dataset/delete-erases') return operations.includes('DeleteDataset');
  return host.requirement === 'list-records/creates-nothing' && operations.includes('ListRecords');
}

/** What was never written is there where it is not kept apart from what was written elsewhere. */
function leaksInto(host: Joined, guest: Joined): boolean {
  const { failure } = guest.lead.shrunk;
  return (
    /^dataset\/.*-apart$/.test(host.requirement) &&
    failure.expected === 'ok' &&
    failure.actual === 'ok' &&
    guest.lead.played.length > 0 &&
    onlyReads(guest.lead) &&
    !onlyReads(host.lead)
  );
}

function onlyReads({ played }: Confirmed): boolean {
  return played.every(({ operation }) => /^(?:Get|List|Describe)/.test(operation));
}
