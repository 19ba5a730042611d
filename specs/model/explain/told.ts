import type { Operation } from '../../types/wire.ts';
import type { Deviation } from '../state/deviation.ts';
import type { Hypothesis } from './hypothesis.ts';

/**
 * A server that does the right thing and shows it wrongly, in whichever answers, by what breaks one requirement. `alike`: whether a
 * deviation is wrong in the same way, whatever requirement it is held against.
 */
export function toldWrongly(requirement: string, says: string, alike: (deviation: Deviation) => boolean): Hypothesis {
  return {
    id: `told/${requirement}`,
    requirement,
    says,
    joinsNothing: true,
    override: ({ misreports }) => ({
      misreports: (deviation, operation) =>
        (deviation.pointer.startsWith('/') && (deviation.suspects[0] === requirement || alike(deviation))) ||
        misreports(deviation, operation),
    }),
  };
}

/** What one kind of wrong answer is about. */
export interface Misreport {
  readonly id: string;
  readonly says: string;
  /** The member that is wrong, in answers of one operation: `UpdateRecords/SyncCount`. */
  readonly member?: string;
  /** Of one such answer. */
  readonly suspects?: readonly string[];
  readonly is: (deviation: Deviation, operation: Operation) => boolean;
}

/** What a wrong member breaks in the answers of an operation, whatever made it show. */
const brokenBy: { readonly [member: string]: string } = {
  'UpdateRecords/SyncCount': 'sync-count/returns-new-count',
  'DescribeDataset/NumRecords': 'dataset/describe-agrees',
  'DescribeDataset/DatasetName': 'dataset/describe-agrees',
  'DescribeDataset/DataStorage': 'dataset/data-storage-agrees',
  'DescribeDataset/CreationDate': 'dataset/dates-agree',
  'DescribeDataset/LastModifiedDate': 'dataset/dates-agree',
};

/** A server that shows something wrongly and does the right thing, as what it shows elsewhere proves. */
export function misreported({ id, says, is, member, suspects = [] }: Misreport): Hypothesis {
  // A choice is asked of a server that shows what it does; what it shows wrongly is another matter.
  const own =
    suspects[0]?.startsWith('consistency/') === true
      ? suspects.find((one) => !one.startsWith('consistency/'))
      : undefined;
  return {
    id: `told/${id}`,
    requirement: brokenBy[member ?? ''] ?? own ?? null,
    says,
    override: ({ misreports }) => ({
      misreports: (deviation, operation) => is(deviation, operation) || misreports(deviation, operation),
    }),
  };
}
