import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identityCall } from '../../engine/isolation/made-identities.ts';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import type { EndpointOptions } from '../../targets/reference/core/options.ts';
import type { LedgerFile } from '../target/ledger.ts';
import { start } from '../start.ts';

const pool = 'us-east-1:00000000-0000-4000-8000-000000000001';
const identity = 'us-east-1:00000000-0000-4000-8000-00000000000a';

let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clean-'));
  await open({});
});
afterEach(() => endpoint.close());

async function open(options: Partial<EndpointOptions>): Promise<void> {
  await endpoint?.close();
  endpoint = await startEndpoint(options);
}

const dataset = (name: string): string =>
  `${endpoint.url}/identitypools/${pool}/identities/${identity}/datasets/${name}`;

async function write(name: string): Promise<void> {
  const { SyncSessionToken } = (await (await fetch(`${dataset(name)}/records`)).json()) as { SyncSessionToken: string };
  const RecordPatches = [{ Op: 'replace', Key: 'a', Value: 'x', SyncCount: 0 }];
  const headers = { 'content-type': 'application/json' };
  await fetch(dataset(name), { method: 'POST', headers, body: JSON.stringify({ SyncSessionToken, RecordPatches }) });
}

async function identityApi(operation: string, input: { readonly [member: string]: string }): Promise<unknown> {
  const { method, path, headers, body } = identityCall(operation, input);
  const answer = await fetch(endpoint.url + path, { method, headers, body: body ?? '' });
  return answer.json();
}

function record(entries: readonly (readonly [name: string, state: string])[], pools: readonly unknown[] = []): void {
  const named = entries.map(([datasetName, state]) => ({
    identityPoolId: pool,
    identityId: identity,
    datasetName,
    state,
  }));
  const content = { schemaVersion: 1, runId: 'cafe0123', entries: named, pools };
  writeFileSync(join(folder, 'ledger.json'), JSON.stringify(content));
}

const states = (): readonly string[] => {
  const content = JSON.parse(readFileSync(join(folder, 'ledger.json'), 'utf8')) as Partial<LedgerFile>;
  const { entries = [], pools = [] } = content;
  return [...entries, ...pools].map(({ state }) => state);
};

async function clean(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await start(['clean', ...args], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  return { code, out, err };
}

test('what the ledger holds as created is deleted, and nothing else', async () => {
  for (const name of ['mine', 'of-another', 'gone']) await write(name);
  record([
    ['mine', 'planned'],
    ['never-made', 'planned'],
    ['gone', 'deleted'],
  ]);
  expect(await clean(folder, '--endpoint-url', endpoint.url)).toMatchObject({ code: 0, out: '2 deleted, 0 left\n' });
  const status = async (name: string): Promise<number> => (await fetch(dataset(name))).status;
  expect([await status('mine'), await status('of-another'), await status('gone')]).toEqual([404, 200, 200]);
  expect(states()).not.toContain('planned');
  expect(await clean(folder)).toMatchObject({ code: 0, out: 'nothing to delete\n' });
});

test('pools go by their id, or by their name where no id came back', async () => {
  await open({ knownPools: [], identityApi: true });
  const make = async (name: string): Promise<string> =>
    ((await identityApi('CreateIdentityPool', { IdentityPoolName: name })) as { IdentityPoolId: string })
      .IdentityPoolId;
  const known = await make('csc-1');
  await make('csc-2');
  await make('of-another');
  record(
    [],
    [
      { identityPoolName: 'csc-1', identityPoolId: known, state: 'planned' },
      { identityPoolName: 'csc-2', identityPoolId: null, state: 'planned' },
      { identityPoolName: 'csc-3', identityPoolId: null, state: 'planned' },
    ],
  );
  expect(await clean(folder, '--endpoint-url', endpoint.url)).toMatchObject({ code: 0, out: '3 deleted, 0 left\n' });
  const { IdentityPools } = (await identityApi('ListIdentityPools', {})) as { IdentityPools: unknown[] };
  expect(IdentityPools).toEqual([expect.objectContaining({ IdentityPoolName: 'of-another' })]);
  expect(states()).not.toContain('planned');
});

test('what cannot be deleted is told, stays in the ledger, and makes the exit code 1', async () => {
  await open({ knownIdentities: [] });
  record([['mine', 'planned']]);
  const { code, out } = await clean(folder, '--endpoint-url', endpoint.url);
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/^left: dataset mine of .*NotAuthorizedException\n0 deleted, 1 left\n$/),
  ]);
  expect(states()).toEqual(['planned']);
  const json = await clean(folder, '--endpoint-url', endpoint.url, '--output', 'json');
  expect(JSON.parse(json.out)).toMatchObject({ deleted: 0, left: [{ entry: { datasetName: 'mine' } }] });
});

test('a target that is not there is 4', async () => {
  record([['mine', 'planned']]);
  const { url } = endpoint;
  await endpoint.close();
  expect((await clean(folder, '--endpoint-url', url)).code).toBe(4);
  expect(states()).toEqual(['planned']);
});

test('the target is that of the run, unless it was the embedded endpoint', async () => {
  await write('mine');
  record([['mine', 'planned']]);
  expect(await clean(folder)).toMatchObject({ code: 64, err: expect.stringContaining('--endpoint-url') as string });
  const header = (embedded: boolean): string =>
    `${JSON.stringify({ target: { endpointUrl: endpoint.url, region: 'us-east-1', embedded } })}\n{`;
  writeFileSync(join(folder, 'events.ndjson'), header(true));
  expect(await clean(folder)).toMatchObject({ code: 0, out: 'nothing to delete\n' });
  writeFileSync(join(folder, 'events.ndjson'), header(false));
  expect(await clean(folder)).toMatchObject({ code: 0, out: '1 deleted, 0 left\n' });
});

test('without a ledger it is a usage error', async () => {
  expect(await clean(folder)).toMatchObject({
    code: 64,
    err: expect.stringContaining('ledger.json does not exist') as string,
  });
});
