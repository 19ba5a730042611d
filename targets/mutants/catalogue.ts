import { answerMutants } from './answers.ts';
import { authorizationMutants } from './authorization.ts';
import { batchMutants } from './batches.ts';
import { cacheMutants } from './caches.ts';
import { changingMutants } from './changes-of-mind.ts';
import { companyMutants } from './company.ts';
import { conflictMutants } from './conflict.ts';
import { contradictionMutants } from './contradictions.ts';
import { counterMutants } from './counters.ts';
import { datasetMutants } from './dataset.ts';
import { dateMutants } from './dates.ts';
import { deletionMutants } from './deletions.ts';
import { describingMutants } from './describing.ts';
import { fickleMutants } from './fickle.ts';
import { filterMutants } from './filters.ts';
import { keyMutants } from './keys.ts';
import { listRecordsMutants } from './list-records.ts';
import type { Mutant } from './mutant.ts';
import { nameMutants } from './names.ts';
import { pagingMutants } from './paging.ts';
import { poolMutants } from './pools.ts';
import { quotaMutants } from './quota.ts';
import { raceMutants } from './races.ts';
import { recordMutants } from './record.ts';
import { sessionTokenMutants } from './session-token.ts';
import { slipMutants } from './slips.ts';
import { stalenessMutants } from './staleness.ts';
import { spellingMutants } from './spellings.ts';
import { syncCountMutants } from './sync-count.ts';
import { tokenMutants } from './sessions.ts';
import { usageMutants } from './usage.ts';
import { validationMutants } from './validation.ts';
import { valueMutants } from './values.ts';
import { wireMutants } from './wire.ts';

/** Every seeded fault: first those that turn one rule around, by group, then those of the ways stores are built. */
export const mutants: readonly Mutant[] = [
  ...syncCountMutants,
  ...conflictMutants,
  ...recordMutants,
  ...listRecordsMutants,
  ...datasetMutants,
  ...sessionTokenMutants,
  ...counterMutants,
  ...stalenessMutants,
  ...batchMutants,
  ...companyMutants,
  ...answerMutants,
  ...valueMutants,
  ...keyMutants,
  ...dateMutants,
  ...cacheMutants,
  ...filterMutants,
  ...deletionMutants,
  ...describingMutants,
  ...nameMutants,
  ...tokenMutants,
  ...wireMutants,
  ...contradictionMutants,
  ...changingMutants,
  ...fickleMutants,
  ...validationMutants,
  ...pagingMutants,
  ...quotaMutants,
  ...spellingMutants,
  ...poolMutants,
  ...authorizationMutants,
  ...usageMutants,
  ...raceMutants,
  ...slipMutants,
];
