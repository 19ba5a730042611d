import type { Json } from '../../specs/types/wire.ts';

export interface Reply {
  readonly status: number;
  /** Error type without its colon; empty for a success. */
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { readonly [member: string]: Json };
}

/** A patch in short: `remove` when it has no value. */
export interface ShortPatch {
  readonly key: string;
  readonly at: number;
  readonly value?: string;
  readonly date?: number;
}

export const poolId = 'us-east-1:00000000-0000-4000-8000-00000000aaaa';
export const identityId = 'us-east-1:00000000-0000-4000-8000-00000000bbbb';

/** A bare client of one identity, for the tests of the endpoint and of its mutants. */
export interface SyncClient {
  /** Requests sent so far. */
  calls(): number;
  send(method: string, path: string, body?: Json): Promise<Reply>;
  list(name: string, query?: string): Promise<Reply>;
  /** Lists for a session token first, unless it is given one. */
  update(name: string, patches: readonly ShortPatch[], token?: string): Promise<Reply>;
  dataset(method: 'DELETE' | 'GET', name: string): Promise<Reply>;
}

export function syncClient(url: string, pool: string = poolId, identity: string = identityId): SyncClient {
  let calls = 0;
  const client: SyncClient = {
    calls: () => calls,
    async send(method, path, body) {
      calls += 1;
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers: jsonHeaders };
      return readReply(await fetch(url + path, { method, ...init }));
    },
    list: (name, query = '') => client.send('GET', `${datasetPath(pool, identity, name)}/records${query}`),
    async update(name, patches, token) {
      const SyncSessionToken = token ?? String((await client.list(name)).body['SyncSessionToken']);
      const RecordPatches = patches.map(wirePatch);
      return client.send('POST', datasetPath(pool, identity, name), { RecordPatches, SyncSessionToken });
    },
    dataset: (method, name) => client.send(method, datasetPath(pool, identity, name)),
  };
  return client;
}

const jsonHeaders = { 'content-type': 'application/json' };

export function datasetPath(pool: string, identity: string, name: string): string {
  return `/identitypools/${pool}/identities/${identity}/datasets/${encodeURIComponent(name)}`;
}

export async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const { status, headers } = response;
  const type = (headers.get('x-amzn-errortype') ?? '').replace(/:$/, '');
  return { status, type, headers, text, body: text === '' ? {} : (JSON.parse(text) as Reply['body']) };
}

function wirePatch({ key, at, value, date }: ShortPatch): Json {
  return {
    Key: key,
    Op: value === undefined ? 'remove' : 'replace',
    SyncCount: at,
    ...(value !== undefined && { Value: value }),
    ...(date !== undefined && { DeviceLastModifiedDate: date }),
  };
}
