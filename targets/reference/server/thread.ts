import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Endpoint } from './endpoint.ts';

/**
 * Starts the worker `entry`, which posts its `url` and `port` once it listens. Undefined when no worker can run it:
 * from source (under vitest) Node cannot load TypeScript, so the built file is taken, unless it is older than the source.
 */
export async function startThread(entry: URL, workerData: unknown): Promise<Endpoint | undefined> {
  const file = runnable(entry);
  if (file === undefined) return undefined;
  const worker = new Worker(file, { workerData });
  const { url, port } = await new Promise<{ url: string; port: number }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    url,
    port,
    close: async () => {
      await worker.terminate();
    },
  };
}

function runnable(entry: URL): URL | undefined {
  if (entry.pathname.endsWith('.js')) return entry;
  // When this file runs from dist, so does the entry, whatever its name in the source.
  if (import.meta.url.endsWith('.js')) return new URL(entry.href.replace(/\.ts$/, '.js'));
  const built = new URL(entry.href.replace(/\/targets\/([\w/-]+)\.ts$/, '/dist/targets/$1.js'));
  if (!existsSync(built)) return undefined;
  const builtAt = statSync(built).mtimeMs;
  const sources = ['../../reference/', '../../mutants/'].flatMap((room) => sourcesIn(new URL(room, entry)));
  return sources.every((file) => statSync(file).mtimeMs <= builtAt) ? built : undefined;
}

function sourcesIn(directory: URL): URL[] {
  return readdirSync(fileURLToPath(directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => new URL(name, directory));
}
