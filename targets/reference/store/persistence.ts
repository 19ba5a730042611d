import type { Input, Operation } from '../../../specs/types/wire.ts';
import type { Part, Service } from '../core/behaviour.ts';
import type { DatasetState, PoolState } from '../core/world.ts';
import type { Change } from '../core/disk.ts';
import { datasetRow, identityRow, metaRow, pathOf, poolRow, recordRow, spentRow } from './rows.ts';

const reading: ReadonlySet<Operation> = new Set([
  'DescribeDataset',
  'DescribeIdentityPoolUsage',
  'DescribeIdentityUsage',
  'GetBulkPublishDetails',
  'GetCognitoEvents',
  'GetIdentityPoolConfiguration',
  'ListDatasets',
  'ListIdentityPoolUsage',
]);

/** What a call leaves on the disk, and when it is answered. */
export const persistence: Part<'acknowledge' | 'changedRows' | 'recordKeysBefore' | 'restored'> = {
  recordKeysBefore(service, operation, input) {
    if (operation !== 'DeleteDataset') return [];
    return [...(datasetAt(service, input)?.records.keys() ?? [])];
  },

  changedRows(service, operation, input, { keysBefore, answer }) {
    if (reading.has(operation)) return [];
    const { world, behaviour } = service;
    const path = pathOf(service, input);
    const [poolKey, identityKey] = path;
    const dataset = datasetAt(service, input);
    const header = dataset === undefined ? [] : [datasetRow(path, dataset)];
    // A listing makes a session, whose number must not come again.
    if (operation === 'ListRecords') return [metaRow(world), ...header];
    if (operation === 'DeleteDataset') return [...keysBefore.map((key) => recordRow(path, key, undefined)), ...header];
    if (operation === 'UpdateRecords') {
      if (answer.status >= 300 || dataset === undefined) return [];
      const patches = Array.isArray(input['RecordPatches']) ? (input['RecordPatches'] as readonly Input[]) : [];
      const keys = new Set(patches.map((patch) => behaviour.recordKey(String(patch['Key']))));
      const claims = behaviour.readToken(service, String(input['SyncSessionToken'] ?? ''));
      const spent = claims === undefined ? [] : [spentRow(claims.sessionId, world.spent.get(claims.sessionId))];
      return [...[...keys].map((key) => recordRow(path, key, dataset.records.get(key))), ...spent, ...header];
    }
    const pool = poolAt(service, input);
    const identity = pool?.identities.get(identityKey);
    return [
      ...(pool === undefined ? [] : [poolRow(poolKey, pool)]),
      ...(identity === undefined ? [] : [identityRow([poolKey, identityKey], identity)]),
    ];
  },

  // Reads wait too: they must not show what a crash could still take back.
  acknowledge: (disk, changes) => disk.write(changes),

  restored: (world) => world,
};

function poolAt({ world, behaviour }: Service, input: Input): PoolState | undefined {
  return world.pools.get(behaviour.poolKey(String(input['IdentityPoolId'])));
}

function datasetAt(service: Service, input: Input): DatasetState | undefined {
  const [, identity, dataset] = pathOf(service, input);
  return poolAt(service, input)?.identities.get(identity)?.datasets.get(dataset);
}

/** The answer once what the call changed is on the disk. */
export async function stored<A extends { readonly status: number }>(
  service: Service,
  operation: Operation,
  input: Input,
  perform: () => A | 'drop' | Promise<A | 'drop'>,
): Promise<A | 'drop'> {
  const { disk, behaviour } = service;
  const keysBefore = behaviour.recordKeysBefore(service, operation, input);
  const performed = perform();
  const answer = performed instanceof Promise ? await performed : performed;
  if (disk === undefined || answer === 'drop') return answer;
  const changes: readonly Change[] = behaviour.changedRows(service, operation, input, { keysBefore, answer });
  await behaviour.acknowledge(disk, changes);
  return answer;
}
