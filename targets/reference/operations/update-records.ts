import type { Input } from '../../../specs/types/wire.ts';
import { touch } from '../rules/apply-batch.ts';
import type { Output, Service } from '../core/behaviour.ts';
import { emptyBatchRaises } from '../rules/judge-batch.ts';
import { type Refusal, isRefusal, refuse } from '../core/refusal.ts';
import { datasetPath } from '../rules/storage.ts';

/** UpdateRecords (P-01). Every check comes before the first write, so a refused update leaves no trace. */
export function updateRecords(service: Service, input: Input): Output | Refusal {
  const { behaviour } = service;
  const path = datasetPath(input);
  const claims = behaviour.readToken(service, String(input['SyncSessionToken'] ?? ''));
  const tokenProblem = behaviour.tokenProblem(service, claims, path, 'update');
  if (tokenProblem !== undefined) return tokenProblem;
  const dataset = behaviour.findDataset(service, path);
  const buried = !dataset.exists && dataset.deletedAt !== undefined;
  if (buried && service.options.choices['update-after-deletion'] === 'not-found') {
    return refuse('ResourceNotFoundException', `Dataset ${path.name} was deleted`);
  }
  const patches = behaviour.readPatches(service, input);
  if (isRefusal(patches)) {
    behaviour.afterRefusal(service, dataset, [], claims, patches);
    return patches;
  }
  const judged = behaviour.judgeBatch(service, dataset, patches);
  const refusal = behaviour.firstRefusal(judged) ?? behaviour.quotaProblem(service, dataset, judged);
  if (refusal !== undefined) {
    behaviour.afterRefusal(service, dataset, judged, claims, refusal);
    return refusal;
  }
  const records = behaviour.applyBatch(service, dataset, judged);
  if (patches.length === 0 && emptyBatchRaises(service, input['RecordPatches'])) {
    if (!dataset.exists) behaviour.createDataset(service, dataset);
    touch(service, dataset, behaviour.nextCount(dataset, judged));
  }
  behaviour.spendToken(service, dataset, claims);
  behaviour.afterUpdate(service, dataset, judged);
  return { Records: behaviour.answeredRecords(service, dataset, records, judged) };
}
