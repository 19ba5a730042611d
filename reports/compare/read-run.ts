import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Latencies, RunRecord } from './run-record.ts';
import { readEvents } from '../log/event-log.ts';
import type { Summary } from '../summary/summary.ts';

/**
 * Reads a run from its report directory or its summary.json. A directory may also hold events.ndjson, for the latencies,
 * and replay.json, what became of the findings of an earlier run, as `run` leaves it and `replay --output json` prints it. Throws an Error naming the
 * file and what is wrong with it.
 */
export async function readRun(path: string): Promise<RunRecord> {
  const isDirectory = existsSync(path) && (await stat(path)).isDirectory();
  const summary = await readSummary(isDirectory ? join(path, 'summary.json') : path);
  const log = join(path, 'events.ndjson');
  const replay = join(path, 'replay.json');
  return {
    summary,
    latencies: isDirectory && existsSync(log) ? await readLatencies(log) : new Map(),
    replays: isDirectory && existsSync(replay) ? await readReplays(replay) : new Map(),
  };
}

/** Reads a summary.json. Throws an Error naming the file when it is none, or of another schemaVersion. */
export async function readSummary(path: string): Promise<Summary> {
  const value = await readJson(path);
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) {
    throw new Error(`${path}: not the summary of a run`);
  }
  if (value.schemaVersion !== 1) {
    throw new Error(`${path}: schemaVersion ${JSON.stringify(value.schemaVersion)} is not one this version reads (1)`);
  }
  if (!('requirements' in value) || !Array.isArray(value.requirements) || !('run' in value)) {
    throw new Error(`${path}: not the summary of a run`);
  }
  return value as unknown as Summary;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function readLatencies(path: string): Promise<Latencies> {
  const latencies = new Map<string, readonly (readonly [number, number])[]>();
  for await (const event of readEvents(path)) {
    if (event.kind === 'latency') latencies.set(event.operation, event.buckets);
  }
  return latencies;
}

async function readReplays(path: string): Promise<ReadonlyMap<string, string>> {
  const value = (await readJson(path)) as {
    readonly results?: readonly { id?: unknown; key?: unknown; verdict?: unknown }[];
  } | null;
  if (!Array.isArray(value?.results)) throw new Error(`${path}: not the output of replay --output json`);
  return new Map(value.results.map(({ id, key, verdict }) => [String(key ?? id), String(verdict)]));
}
