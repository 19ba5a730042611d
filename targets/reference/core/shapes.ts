import type { Json, Operation } from '../../../specs/types/wire.ts';

export type Shape =
  | 'integer'
  | 'number'
  | 'string'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly members: { readonly [name: string]: Shape } };

/** Body members of every operation that takes any; anything else in a body is ignored. */
export const bodyMembers: ReadonlyMap<Operation, { readonly [name: string]: Shape }> = new Map<
  Operation,
  { readonly [name: string]: Shape }
>([
  [
    'UpdateRecords',
    {
      DeviceId: 'string',
      RecordPatches: {
        list: {
          members: {
            DeviceLastModifiedDate: 'number',
            Key: 'string',
            Op: 'string',
            SyncCount: 'integer',
            Value: 'string',
          },
        },
      },
      SyncSessionToken: 'string',
    },
  ],
  [
    'SetIdentityPoolConfiguration',
    {
      CognitoStreams: { members: { RoleArn: 'string', StreamName: 'string', StreamingStatus: 'string' } },
      PushSync: { members: { ApplicationArns: { list: 'string' }, RoleArn: 'string' } },
    },
  ],
  ['SetCognitoEvents', { Events: { map: 'string' } }],
  ['RegisterDevice', { Platform: 'string', Token: 'string' }],
]);

/** Query members of every operation that takes any: the name on the wire, the member, its type. */
export const queryMembers: ReadonlyMap<
  Operation,
  ReadonlyMap<string, { readonly member: string; readonly shape: 'integer' | 'string' }>
> = new Map(
  (
    [
      ['ListDatasets', ['maxResults', 'nextToken']],
      ['ListIdentityPoolUsage', ['maxResults', 'nextToken']],
      ['ListRecords', ['lastSyncCount', 'maxResults', 'nextToken', 'syncSessionToken']],
    ] as const
  ).map(([operation, members]) => [
    operation,
    new Map(
      members.map((name) => [
        name,
        {
          member: name.charAt(0).toUpperCase() + name.slice(1),
          shape: name === 'lastSyncCount' || name === 'maxResults' ? ('integer' as const) : ('string' as const),
        },
      ]),
    ),
  ]),
);

/** Where a value is not of its shape; undefined when it is. A null member counts as left out. */
export function misfit(shape: Shape, value: Json | undefined, place: string): string | undefined {
  if (shape === 'string') return typeof value === 'string' ? undefined : place;
  if (shape === 'number') return typeof value === 'number' && Number.isFinite(value) ? undefined : place;
  if (shape === 'integer') return isLong(value) ? undefined : place;
  if ('list' in shape) {
    if (!Array.isArray(value)) return place;
    return firstMisfit(value.map((item, index) => [shape.list, item, `${place}.${index + 1}`]));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return place;
  const object = value as { readonly [member: string]: Json };
  if ('map' in shape) {
    return firstMisfit(Object.entries(object).map(([name, item]) => [shape.map, item, `${place}.${name}`]));
  }
  return firstMisfit(
    Object.entries(shape.members)
      .filter(([name]) => Object.hasOwn(object, name) && object[name] !== null)
      .map(([name, inner]) => [inner, object[name], `${place}.${name}`]),
  );
}

function firstMisfit(parts: readonly (readonly [Shape, Json | undefined, string])[]): string | undefined {
  for (const [shape, value, place] of parts) {
    const found = misfit(shape, value, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isLong(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 63;
}
