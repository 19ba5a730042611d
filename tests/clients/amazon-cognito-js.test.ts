import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import CognitoSync from 'aws-sdk/clients/cognitosync.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import { verifyingOptions } from '../../targets/reference/server/verifying.ts';

/** The parts of AWS's sync manager for JavaScript that are used here; the package has no types. */
interface SyncRecord {
  getKey(): string;
}
interface SyncConflict {
  resolveWithRemoteRecord(): SyncRecord;
}
type Done<T = unknown> = (error: Error | null, result: T) => void;
interface Dataset {
  put(key: string, value: string, done: Done): void;
  remove(key: string, done: Done): void;
  getAll(done: Done<Record<string, string>>): void;
  resolve(records: readonly SyncRecord[], done: Done): void;
  synchronize(handlers: {
    onSuccess(): void;
    onFailure(error: Error): void;
    onConflict(dataset: Dataset, conflicts: readonly SyncConflict[], proceed: (yes: boolean) => void): void;
    onDatasetDeleted(dataset: Dataset, name: string, proceed: (yes: boolean) => void): void;
  }): void;
}
interface Aws {
  config: { update(options: object): void };
  Credentials: new (id: string, secret: string) => object;
  CognitoSyncManager: {
    new (options: object): { openOrCreateDataset(name: string, done: Done<Dataset>): void };
    StoreInMemory: unknown;
  };
}

vi.hoisted(() => {
  process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';
});
const require = createRequire(import.meta.url);
const aws = require('aws-sdk') as Aws;
require('amazon-cognito-js');

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  endpoint = await startEndpoint(verifyingOptions('us-east-1', keys));
});
afterAll(() => endpoint.close());

const promised = <T>(call: (done: Done<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });

type Identity = readonly [pool: string, identity: string];

/** A device with an empty store, which belongs to the identity. */
function device(...[IdentityPoolId, identityId]: Identity): Promise<Dataset> {
  const credentials = Object.assign(new aws.Credentials(keys.accessKeyId, keys.secretAccessKey), {
    params: { IdentityPoolId },
    identityId,
  });
  aws.config.update({ region: 'us-east-1', endpoint: endpoint.url, credentials, maxRetries: 0 });
  const manager = new aws.CognitoSyncManager({ DataStore: aws.CognitoSyncManager.StoreInMemory });
  return promised((done) => {
    manager.openOrCreateDataset('notes', done);
  });
}

/**
 * Synchronises; in a conflict the server wins. The sync is then begun anew instead of letting it proceed: proceeding
 * skips the records that came in the same listing without a conflict (a fault of this client).
 */
function synchronize(dataset: Dataset, onConflict: () => void, attempts = 4): Promise<void> {
  return new Promise((resolve, reject) => {
    let resolved = false;
    dataset.synchronize({
      onSuccess: resolve,
      onFailure: (error) => {
        if (!resolved || attempts === 0) reject(error);
        else synchronize(dataset, onConflict, attempts - 1).then(resolve, reject);
      },
      onConflict: (_dataset, conflicts, proceed) => {
        onConflict();
        const records = conflicts.map((conflict) => conflict.resolveWithRemoteRecord());
        dataset.resolve(records, () => {
          resolved = true;
          proceed(false);
        });
      },
      onDatasetDeleted: (_dataset, _name, proceed) => {
        proceed(true);
      },
    });
  });
}

const key = fc.constantFrom('a', 'b', 'c', 'd:e.f-g_H');
const value = fc.constantFrom('1', '2', 'é', '🦊 "\\\u0000');
/** `who` counts round the devices. Without an edit a step synchronises; an edit without a value removes. */
const step = fc.record({
  who: fc.nat({ max: 4 }),
  edit: fc.oneof(
    { weight: 4, arbitrary: fc.record({ key, value }) },
    { weight: 2, arbitrary: fc.record({ key, value: fc.constant(null) }) },
    { weight: 3, arbitrary: fc.constant(null) },
  ),
});
const devices = fc.integer({ min: 1, max: 5 });

/** What the server holds of a dataset, in the client's words: what was removed is empty. */
async function stored([pool, identity]: Identity): Promise<Record<string, string>> {
  const client = new CognitoSync({ endpoint: endpoint.url, region: 'us-east-1', credentials: keys });
  const id = { IdentityPoolId: pool, IdentityId: identity, DatasetName: 'notes' };
  const { Records = [] } = await client.listRecords(id).promise();
  return Object.fromEntries(Records.map((record) => [record.Key, record.Value ?? '']));
}

test('devices that edit and synchronise in any order end with equal data', async () => {
  const seen = { kept: 0, conflicts: 0, devices: new Set<number>() };
  const sync = (dataset: Dataset): Promise<void> => synchronize(dataset, () => (seen.conflicts += 1));
  await fc.assert(
    fc.asyncProperty(devices, fc.array(step, { maxLength: 30, size: 'max' }), async (count, steps) => {
      const identity: Identity = [`us-east-1:${randomUUID()}`, `us-east-1:${randomUUID()}`];
      const all = await Promise.all(Array.from({ length: count }, () => device(...identity)));
      for (const { who, edit } of steps) {
        const dataset = all[who % count]!;
        if (edit === null) await sync(dataset);
        else if (edit.value === null) await promised((done) => dataset.remove(edit.key, done));
        else await promised((done) => dataset.put(edit.key, edit.value, done));
      }
      // The first round brings every edit to the server, the second to every device.
      for (const dataset of [...all, ...all]) await sync(dataset);
      const fresh = await device(...identity);
      await sync(fresh);
      const truth = await stored(identity);
      for (const dataset of [fresh, ...all]) {
        expect(await promised<Record<string, string>>((done) => dataset.getAll(done))).toEqual(truth);
      }
      seen.kept += Object.keys(truth).length;
      seen.devices.add(count);
    }),
    { numRuns: 30, seed: 20140630 },
  );
  expect(seen.devices.size).toBe(5);
  expect(Math.min(seen.kept, seen.conflicts)).toBeGreaterThan(20);
});
