import type { Sequence, Step } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';
import type { Session } from './session.ts';

/** The sequence without the steps that the target does not implement, or that need a target which verifies signatures. */

export function supportedOnly(session: Session, sequence: Sequence): Sequence {
  const supported = (step: Step): boolean => {
    const calls = step.do === 'together' ? step.lanes.flat() : [step];
    return calls.every(isSupported);
  };
  const isSupported = (step: Step): boolean => {
    const operation = step.do === 'check' ? step.operation : operations[step.do];
    if (session.unverified !== null && isSpoilt(step)) return false;
    return operation === undefined || !session.unsupported.has(operation);
  };
  if (sequence.steps.every(supported)) return sequence;
  return { ...sequence, steps: sequence.steps.filter(supported) };
}
/** Whether a step spoils a signature on purpose. */

export function isSpoilt(step: Step): boolean {
  return step.do === 'check' && step.http?.signature !== undefined;
}
const operations: {
  readonly [kind in Step['do']]?: Operation;
} = {
  describe: 'DescribeDataset',
  datasets: 'ListDatasets',
  delete: 'DeleteDataset',
};
