import { predictDelete, predictDescribe } from './dataset-operations.ts';
import { predictListDatasets } from './list-datasets.ts';
import { predictList } from './list-records.ts';
import type { Prediction } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import { predictUpdate } from './update-records.ts';
import type { World } from '../state/world.ts';
import type { Call } from '../state/call.ts';

/** What the service may answer to a call, by the model: a set of allowed outcomes with their reasons. Pure. */
export function predict(world: World, call: Call, choices: Choices): Prediction {
  const pool = text(call.input['IdentityPoolId']);
  const identity = text(call.input['IdentityId']);
  const id = { pool, identity, name: text(call.input['DatasetName']) };
  switch (call.operation) {
    case 'UpdateRecords':
      return predictUpdate(world, id, call.input, choices);
    case 'ListRecords':
      return predictList(world, id, call.input, choices);
    case 'DescribeDataset':
      return predictDescribe(world, id, choices);
    case 'DeleteDataset':
      return predictDelete(world, id, choices);
    case 'ListDatasets':
      return predictListDatasets(world, pool, identity, choices);
    default:
      return { allowed: [], open: true, exercises: [], blame: () => [], astray: () => world };
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
