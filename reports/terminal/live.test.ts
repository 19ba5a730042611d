import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sampleEvents } from '../../tests/fixtures/small-run.ts';
import { createLive } from './live.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function stream(isTTY: boolean, columns = 80) {
  const writes: string[] = [];
  return { isTTY, columns, writes, write: (text: string) => writes.push(text) };
}

/** What a terminal shows after these writes: it understands lines, cursor up and erase to the end. */
function screen(writes: readonly string[]): readonly string[] {
  const lines: string[] = [''];
  for (const part of writes.join('').split(/(\p{Cc}\[\d+A\r\p{Cc}\[0J)/u)) {
    const up = /^\p{Cc}\[(\d+)A/u.exec(part);
    if (up) lines.splice(lines.length - 1 - Number(up[1]), Infinity, '');
    else {
      const [first = '', ...rest] = part.split('\n');
      lines.push((lines.pop() ?? '') + first, ...rest);
    }
  }
  return lines;
}

const sequence = sampleEvents.find((event) => event.kind === 'sequence-finished');
if (sequence === undefined) throw new Error('the sample run has no sequence');

test('a terminal shows one region, drawn at most ten times a second, and nothing once it stops', () => {
  const out = stream(true);
  const live = createLive(out, { progress: true });
  for (const event of sampleEvents.slice(0, 6)) live.event(event);
  for (let ms = 0; ms < 2000; ms += 5) {
    live.event(sequence);
    vi.advanceTimersByTime(5);
  }
  expect(out.writes.length).toBeGreaterThan(10);
  expect(out.writes.length).toBeLessThanOrEqual(20);
  expect(screen(out.writes)).toEqual([
    'explore: 400 sequences, 12,000 requests, 6,000/s, 2.0 s',
    '2 of 5 requirements reached, 0 kinds of failure, 0 findings',
    '',
  ]);
  live.stop();
  live.stop();
  expect(screen(out.writes)).toEqual(['']);
  const written = out.writes.length;
  live.event(sequence);
  vi.advanceTimersByTime(1000);
  expect(out.writes).toHaveLength(written);
  expect(vi.getTimerCount()).toBe(0);
});

test('no line is longer than the terminal is wide', () => {
  const out = stream(true, 30);
  const live = createLive(out, { progress: true });
  for (const event of sampleEvents) live.event(event);
  vi.advanceTimersByTime(200);
  live.stop();
  for (const line of screen(out.writes.slice(0, 1))) expect(line.length).toBeLessThan(30);
});

test('a region without news is not drawn again within the second', () => {
  const out = stream(true);
  const live = createLive(out, { progress: true });
  for (const event of sampleEvents.slice(0, 3)) live.event(event);
  vi.advanceTimersByTime(3050);
  expect(out.writes).toHaveLength(4);
  live.stop();
});

test('a log gets a line per phase and one every five seconds, without any escape', () => {
  const out = stream(false);
  const live = createLive(out, { progress: true });
  for (const event of sampleEvents.slice(0, 6)) live.event(event);
  for (let ms = 0; ms < 12_000; ms += 100) {
    live.event(sequence);
    vi.advanceTimersByTime(100);
  }
  live.stop();
  live.event(sequence);
  expect(out.writes.map((line) => line.split(':')[0])).toEqual(['probe', 'explore', 'explore', 'explore']);
  expect(out.writes.join('')).not.toContain('\x1b');
});

test('without progress nothing is written', () => {
  const out = stream(true);
  const live = createLive(out, { progress: false });
  for (const event of sampleEvents) live.event(event);
  vi.advanceTimersByTime(1000);
  live.stop();
  expect(out.writes).toEqual([]);
});
