import type { Operation } from '../../../specs/types/wire.ts';

type Methods = { readonly [method: string]: Operation };

// Every path alternates fixed words and names, so a route is its length and its fixed words (P-01 to P-17).
const routes: ReadonlyMap<string, Methods> = new Map<string, Methods>([
  ['2 identitypools', { GET: 'ListIdentityPoolUsage' }],
  ['3 identitypools', { GET: 'DescribeIdentityPoolUsage' }],
  ['4 identitypools/configuration', { GET: 'GetIdentityPoolConfiguration', POST: 'SetIdentityPoolConfiguration' }],
  ['4 identitypools/events', { GET: 'GetCognitoEvents', POST: 'SetCognitoEvents' }],
  ['4 identitypools/bulkpublish', { POST: 'BulkPublish' }],
  ['4 identitypools/getBulkPublishDetails', { POST: 'GetBulkPublishDetails' }],
  ['5 identitypools/identities', { GET: 'DescribeIdentityUsage' }],
  ['6 identitypools/identities/datasets', { GET: 'ListDatasets' }],
  ['6 identitypools/identity/device', { POST: 'RegisterDevice' }],
  ['7 identitypools/identities/datasets', { GET: 'DescribeDataset', POST: 'UpdateRecords', DELETE: 'DeleteDataset' }],
  ['8 identitypools/identities/datasets/records', { GET: 'ListRecords' }],
  [
    '9 identitypools/identities/datasets/subscriptions',
    { POST: 'SubscribeToDataset', DELETE: 'UnsubscribeFromDataset' },
  ],
]);

const names: ReadonlyMap<number, string> = new Map([
  [2, 'IdentityPoolId'],
  [4, 'IdentityId'],
  [6, 'DatasetName'],
  [8, 'DeviceId'],
]);

export interface Route {
  readonly operation: Operation;
  /** Name and still encoded text of every path member. */
  readonly members: readonly (readonly [name: string, text: string])[];
}

/** The operation of a method and path (without query); the allowed methods when only the method is wrong. */
export function findRoute(method: string, path: string): Route | { readonly allow: string } | undefined {
  const segments = path.split('/');
  const fixed: string[] = [];
  const members: [string, string][] = [];
  segments.forEach((segment, index) => {
    const name = names.get(index);
    if (name !== undefined) members.push([name, segment]);
    else if (index > 0) fixed.push(segment);
  });
  const methods = routes.get(`${segments.length} ${fixed.join('/')}`);
  if (methods === undefined || segments[0] !== '') return undefined;
  const operation = Object.hasOwn(methods, method) ? methods[method] : undefined;
  return operation === undefined ? { allow: Object.keys(methods).join(', ') } : { operation, members };
}
