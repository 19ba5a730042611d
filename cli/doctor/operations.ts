import type { Input, Operation } from '../../specs/types/wire.ts';

/** An identity pool and an identity in it. */
export interface Home {
  readonly pool: string;
  readonly identity: string;
}

/**
 * A call of each operation that changes nothing: it reads, or it must be refused. Those that would change a pool are
 * aimed at one that does not exist, and are malformed besides.
 */
export function harmlessInputs(home: Home, stranger: Home): readonly (readonly [Operation, Input])[] {
  const IdentityPoolId = home.pool;
  const identity: Input = { IdentityPoolId, IdentityId: home.identity };
  const dataset: Input = { ...identity, DatasetName: 'csc-doctor' };
  const nowhere: Input = { IdentityPoolId: stranger.pool };
  return [
    ['ListRecords', dataset],
    // Neither a session token nor a device, and a patch that says nothing.
    ['UpdateRecords', { ...dataset, RecordPatches: [{ Op: 'none' }] }],
    ['ListDatasets', identity],
    ['DescribeDataset', dataset],
    ['DeleteDataset', { ...dataset, DatasetName: 'csc-doctor-never-made' }],
    ['DescribeIdentityUsage', identity],
    ['DescribeIdentityPoolUsage', { IdentityPoolId }],
    ['ListIdentityPoolUsage', { MaxResults: 1 }],
    ['GetIdentityPoolConfiguration', { IdentityPoolId }],
    ['SetIdentityPoolConfiguration', { ...nowhere, PushSync: { RoleArn: 'none' } }],
    ['GetCognitoEvents', { IdentityPoolId }],
    ['SetCognitoEvents', { ...nowhere, Events: { a: 'none', b: 'none' } }],
    ['RegisterDevice', { ...nowhere, IdentityId: stranger.identity, Platform: 'none', Token: 'none' }],
    ['SubscribeToDataset', { ...dataset, DeviceId: 'never-registered' }],
    ['UnsubscribeFromDataset', { ...dataset, DeviceId: 'never-registered' }],
    ['GetBulkPublishDetails', { IdentityPoolId }],
    ['BulkPublish', nowhere],
  ];
}
