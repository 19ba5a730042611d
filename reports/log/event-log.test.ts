import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent } from '../../engine/interface/events.ts';
import { sampleEvents } from '../../tests/fixtures/small-run.ts';
import { createEventLog, readEvents } from './event-log.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'event-log-'));
  path = join(directory, 'events.ndjson');
});

afterEach(() => rm(directory, { recursive: true }));

async function write(events: readonly RunEvent[]): Promise<void> {
  const log = createEventLog(path);
  for (const event of events) await log.write(event);
  await log.close();
}

async function read(): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of readEvents(path)) events.push(event);
  return events;
}

const [header, second, ...others] = sampleEvents;
if (header === undefined || second === undefined) throw new Error('the sample run is empty');

test('what was written is read, in order', async () => {
  await write(sampleEvents);
  expect(await read()).toEqual(sampleEvents);
});

test('separators, surrogates and long texts survive, one line each', async () => {
  const texts = ['\u2028\u2029\r\n', '\ud800', '🦊'.repeat(100_000), ''];
  const notes = texts.map((text): RunEvent => ({ kind: 'note', at: 1, level: 'info', text }));
  await write([header, ...notes]);
  expect(await read()).toEqual([header, ...notes]);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(texts.length + 2);
});

test('a writer that waits keeps little in memory', async () => {
  const log = createEventLog(path);
  await log.write(header);
  const text = 'x'.repeat(100_000);
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  for (let at = 0; at < 500; at += 1) await log.write({ kind: 'note', at, level: 'info', text });
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  await log.close();
  expect((await readFile(path)).length).toBeGreaterThan(50_000_000);
  expect(after - before).toBeLessThan(40_000_000);
});

test.each([
  ['something before the header', []],
  ['a second header', [header]],
  ['something after the footer', [header, ...others.slice(-1)]],
])('%s is refused', async (name, before) => {
  const log = createEventLog(path);
  for (const event of before) await log.write(event);
  const next = name === 'a second header' ? header : second;
  await expect(log.write(next)).rejects.toThrow('cannot follow');
  await log.close();
});

test('a directory that does not exist is an error to whoever writes or closes', async () => {
  const log = createEventLog(join(directory, 'missing', 'events.ndjson'));
  await log.write(header).catch(() => undefined);
  await expect(log.close()).rejects.toThrow('ENOENT');
  await expect(log.write(second)).rejects.toThrow('ENOENT');
});

test('wherever a log is cut off, the whole events before the cut are read', async () => {
  const two = [header, { kind: 'note', at: 1, level: 'info', text: 'ünï🦊' } as const];
  await write(two);
  const bytes = await readFile(path);
  const headerEnd = bytes.indexOf(10);
  for (let cut = headerEnd; cut < bytes.length; cut += 1) {
    await writeFile(path, bytes.subarray(0, cut));
    expect(await read()).toEqual(cut >= bytes.length - 1 ? two : two.slice(0, 1));
  }
});

test.each([
  ['{"kind":"phase"', 'events.ndjson:1: not an event of a run: {"kind":"phase"'],
  [`${JSON.stringify(header)}\n\x1b[2Jboo\n`, String.raw`events.ndjson:2: not an event of a run: \x1b[2Jboo`],
  [`${JSON.stringify(header)}\n[]\n`, 'events.ndjson:2: not an event of a run: []'],
  [`${JSON.stringify(header)}\n`.repeat(2), 'events.ndjson:2: a second run begins in the same log'],
  [`${JSON.stringify(second)}\n`, 'events.ndjson:1: the log does not begin with run-started'],
  [`${JSON.stringify({ ...header, schemaVersion: 9 })}\n`, 'events.ndjson:1: schemaVersion 9'],
  ['', 'events.ndjson: empty'],
])('%j is refused by file and line', async (content, message) => {
  await writeFile(path, content);
  await expect(read()).rejects.toThrow(message);
});
