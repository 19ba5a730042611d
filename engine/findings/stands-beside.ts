import type { Rules } from '../../specs/model/state/rules.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { Isolation } from '../isolation/isolation.ts';
import { failuresOf } from '../play/failure.ts';
import { rejudge } from '../play/rejudge.ts';
import { look, ownDeviations } from './contained.ts';
import { primary } from './cover.ts';
import { type Confirmed, failingPlay } from './minimum.ts';

/** By what a minimum is judged again. */
interface Ground {
  readonly serial: number;
  readonly isolation: Isolation;
  readonly choices: Choices;
  readonly rules: Rules;
}

/**
 * Whether a minimum fails in its own right also if what another shows wrongly is put up with: then it is no consequence of that, though
 * its play holds the other's wrong answers as well.
 */
export function standsBeside(
  one: Confirmed,
  other: Confirmed,
  { serial, isolation, choices, rules: usual }: Ground,
): boolean {
  const wrong = failingPlay(other).at(-1);
  const breaking = failingPlay(one).at(-1);
  if (wrong === undefined || breaking === undefined || primary(one) === primary(other)) return false;
  const known = new Set(ownDeviations(other, wrong).filter(isShown).map(look));
  const tolerated = (deviation: Deviation): boolean =>
    isShown(deviation) && (known.has(look(deviation)) || deviation.suspects[0] === primary(other));
  const meets = failingPlay(one).some(({ deviations }) => deviations.some(tolerated));
  if (known.size === 0 || !meets) return false;
  const rules: Rules = {
    ...usual,
    misreports: (deviation, operation) => tolerated(deviation) || usual.misreports(deviation, operation),
  };
  const again = rejudge({ sequence: one.shrunk.sequence, serial, played: one.played }, { isolation, choices, rules });
  const breach = again.find(({ exchanges }) => exchanges.some((exchange) => breaking.exchanges.includes(exchange)));
  return (
    breach !== undefined &&
    !breach.afterDeviation &&
    failuresOf(breach).some(({ requirement }) => requirement === primary(one))
  );
}

function isShown({ pointer }: Deviation): boolean {
  return pointer.startsWith('/');
}
