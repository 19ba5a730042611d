import { datasetKey } from '../../specs/model/state/world.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import { checkInput } from '../input/check-input.ts';
import type { Isolation } from './isolation.ts';
import { emptyView } from '../input/client-view.ts';

/** The datasets a sequence may bring into being, by their real names. */
export function datasetNames(sequence: Sequence, isolation: Isolation, serial: number): readonly DatasetName[] {
  const named = sequence.datasets.map((ref) => isolation.name(ref, serial));
  // A check may name a dataset that must be refused, and then is not.
  const odd = sequence.steps.flatMap((step) => {
    const name = step.do === 'check' && step.operation === 'UpdateRecords' ? named[step.dataset] : undefined;
    if (step.do !== 'check' || name === undefined) return [];
    const input = checkInput(step, { name, view: emptyView(), token: '', saved: new Map(), datasets: 0 });
    const text = (member: string): string => String(input?.[member] ?? '');
    return [{ pool: text('IdentityPoolId'), identity: text('IdentityId'), name: text('DatasetName') }];
  });
  const seen = new Map([...named, ...odd].map((name) => [datasetKey(name), name]));
  return [...seen.values()];
}
