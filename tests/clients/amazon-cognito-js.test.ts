import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint } from '../../targets/reference/server.ts';

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

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';
const require = createRequire(import.meta.url);
const aws = require('aws-sdk') as Aws;
require('amazon-cognito-js');

let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());

const promised = <T>(call: (done: Done<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });

/** A device with an empty store, which belongs to the identity. */
function device(IdentityPoolId: string, identityId: string): Promise<Dataset> {
  const credentials = Object.assign(new aws.Credentials('test', 'test'), { params: { IdentityPoolId }, identityId });
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

const DEVICES = 3;
const who = fc.nat({ max: DEVICES - 1 });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ who, key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.constantFrom('1', '2', 'é') }),
  },
  { weight: 2, arbitrary: fc.record({ who, key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.constant(undefined) }) },
  { weight: 3, arbitrary: fc.record({ who, key: fc.constant(undefined), value: fc.constant(undefined) }) },
);

test('devices that edit and synchronise in any order end with equal data', async () => {
  let kept = 0;
  let conflicts = 0;
  const sync = (dataset: Dataset): Promise<void> => synchronize(dataset, () => (conflicts += 1));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25, size: 'max' }), async (steps) => {
      const identity = [`us-east-1:${randomUUID()}`, `us-east-1:${randomUUID()}`] as const;
      const devices = await Promise.all(Array.from({ length: DEVICES }, () => device(...identity)));
      for (const { who: index, key, value } of steps) {
        const dataset = devices[index]!;
        if (key === undefined) await sync(dataset);
        else if (value === undefined)
          await promised((done) => {
            dataset.remove(key, done);
          });
        else
          await promised((done) => {
            dataset.put(key, value, done);
          });
      }
      for (const dataset of [...devices, ...devices]) await sync(dataset);
      const fresh = await device(...identity);
      await sync(fresh);
      const [truth, ...others] = await Promise.all(
        [fresh, ...devices].map((dataset) =>
          promised<Record<string, string>>((done) => {
            dataset.getAll(done);
          }),
        ),
      );
      for (const data of others) expect(data).toEqual(truth);
      kept += Object.keys(truth!).length;
    }),
    { numRuns: 12, seed: 20140630 },
  );
  expect(kept).toBeGreaterThan(10);
  expect(conflicts).toBeGreaterThan(10);
});
