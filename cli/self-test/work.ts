import { type Job, judgeMutant } from './judge-mutant.ts';
import { type SetJob, judgeSet } from './judge-set.ts';
import type { Row, SetRow } from './row.ts';

/** One run of the suite: against one fault or against several at once. */
export type Work = Job | SetJob;

export function judge(work: Work): Promise<Row | SetRow> {
  return 'set' in work ? judgeSet(work) : judgeMutant(work);
}

export function isSet(row: Row | SetRow): row is SetRow {
  return 'set' in row;
}
