import { isObject } from '../../specs/types/answer.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import { alike } from '../../specs/model/state/text-kind.ts';
import { show } from '../../specs/model/state/show.ts';
import type { PatchStep, Sequence, Step } from '../../specs/types/sequence.ts';
import type { Played } from './played.ts';

/** Where every record is wrong, the first ones tell as much as all. */
const mostLookedAt = 32;

/** The record keys that deviations of a call are about, as far as they say so. */
export function namedKeys(played: Played, deviations: readonly Deviation[]): readonly string[] {
  const answer = played.exchanges.at(-1)?.answer;
  const records = answer?.kind === 'success' && Array.isArray(answer.output['Records']) ? answer.output['Records'] : [];
  const patches = played.exchanges[0]?.input['RecordPatches'];
  const sent = (Array.isArray(patches) ? patches : []).filter(isObject).map((patch) => String(patch['Key']));
  const shown = records.filter(isObject).map((record) => String(record['Key']));
  const known = [...new Set([...sent, ...shown])];
  const message = answer?.kind === 'failure' ? (answer.message ?? '') : '';
  const keys = deviations.slice(0, mostLookedAt).flatMap(({ pointer, expected, actual }) => {
    const at = /^\/Records\/(\d+)/.exec(pointer)?.[1];
    const missing = /^a record ("(?:[^"\\]|\\.)*")/.exec(expected)?.[1];
    return [
      ...(at === undefined ? [] : shown.slice(Number(at), Number(at) + 1)),
      ...(missing === undefined ? [] : [String(JSON.parse(missing))]),
      ...known.filter((key) => `${expected} ${actual}`.includes(show(key)) || message.includes(` ${key} `)),
    ];
  });
  return [...new Set(keys)];
}

/** The sequence without the records that a failure is not about; then with those that look like the ones it is about. */
export function onlyNamed(sequence: Sequence, keys: readonly string[]): readonly Sequence[] {
  const [first] = keys;
  if (first === undefined) return [];
  const about = [
    (key: string) => key === first,
    (key: string) => key === first || alike(key, first),
    (key: string) => keys.includes(key),
  ];
  return about
    .map((kept) => withOnly(sequence, kept))
    .filter((one) => JSON.stringify(one) !== JSON.stringify(sequence));
}

function withOnly(sequence: Sequence, kept: (key: string) => boolean): Sequence {
  const last = sequence.steps.length - 1;
  return {
    ...sequence,
    steps: sequence.steps.flatMap((step, index): readonly Step[] => {
      if (step.do !== 'update' || step.patches === null) return [step];
      const patches = step.patches.filter(({ key }) => kept(key)).map(({ date: _date, ...patch }): PatchStep => patch);
      return patches.length > 0 ? [{ ...step, patches }] : index === last ? [step] : [];
    }),
  };
}
