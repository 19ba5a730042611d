import { answerMutants } from './update/answers.ts';
import { authorizationMutants } from './service/authorization.ts';
import { batchMutants } from './update/batches.ts';
import { cacheMutants } from './listing/caches.ts';
import { changingMutants } from './update/changes-of-mind.ts';
import { companyMutants } from './dataset/company.ts';
import { conflictMutants } from './update/conflict.ts';
import { contradictionMutants } from './update/contradictions.ts';
import { counterMutants } from './update/counters.ts';
import { datasetMutants } from './dataset/dataset.ts';
import { dateMutants } from './dataset/dates.ts';
import { deletionMutants } from './dataset/deletions.ts';
import { describingMutants } from './dataset/describing.ts';
import { encodedPathMutants } from './service/encoded-paths.ts';
import { fickleMutants } from './dataset/fickle.ts';
import { filterMutants } from './listing/filters.ts';
import { freeOptionMutants } from './dataset/free-options.ts';
import { keyMutants } from './dataset/keys.ts';
import { listRecordsMutants } from './listing/list-records.ts';
import type { Mutant } from './base/mutant.ts';
import { nameMutants } from './dataset/names.ts';
import { pagingMutants } from './listing/paging.ts';
import { poolMutants } from './service/pools.ts';
import { quotaMutants } from './dataset/quota.ts';
import { raceMutants } from './service/races.ts';
import { recordMutants } from './update/record.ts';
import { refusedBatchMutants } from './update/refused-batches.ts';
import { sessionTokenMutants } from './listing/session-token.ts';
import { slipMutants } from './service/slips.ts';
import { stalenessMutants } from './update/staleness.ts';
import { spellingMutants } from './service/spellings.ts';
import { syncCountMutants } from './update/sync-count.ts';
import { tokenMutants } from './listing/sessions.ts';
import { toldMemberMutants } from './service/told-members.ts';
import { usageMutants } from './service/usage.ts';
import { validationMutants } from './service/validation.ts';
import { valueMutants } from './update/values.ts';
import { wireMutants } from './service/wire.ts';

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
  ...refusedBatchMutants,
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
  ...freeOptionMutants,
  ...toldMemberMutants,
  ...encodedPathMutants,
];
