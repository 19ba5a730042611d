import { h } from 'preact';
import type { JSX } from 'preact';
import type { RunEvent } from '../../../engine/interface/events.ts';
import { counted } from '../../writing/layout.ts';
import { quantile, withinMs } from '../../summary/latency-quantiles.ts';
import { section } from '../kit/elements.ts';

export type Latency = Extract<RunEvent, { kind: 'latency' }>;

/** How long each operation took, as a histogram per operation on one common scale. */
export function latency(events: readonly Latency[]): JSX.Element {
  const latest = events.filter((each) => total(each) > 0);
  const bounds = boundsInUse(latest);
  const note =
    latest.length === 0
      ? 'No call was timed.'
      : 'Milliseconds from the first byte sent to the last received, on one scale for all.';
  return section(
    'latency',
    'Latency',
    note,
    h('div', { class: 'latencies' }, ...latest.map((each) => card(each, bounds))),
  );
}

/** The buckets of all operations, without the empty ones before the fastest and after the slowest call. */
function boundsInUse(events: readonly Latency[]): readonly number[] {
  const calls = new Map<number, number>();
  for (const [bound, count] of events.flatMap((event) => event.buckets))
    calls.set(bound, (calls.get(bound) ?? 0) + count);
  const all = [...calls].toSorted(([a], [b]) => a - b);
  const isUsed = ([, count]: readonly [number, number]): boolean => count > 0;
  return all.slice(all.findIndex(isUsed), all.findLastIndex(isUsed) + 1).map(([bound]) => bound);
}

const total = (event: Latency): number => event.buckets.reduce((sum, [, calls]) => sum + calls, 0);

function card(event: Latency, bounds: readonly number[]): JSX.Element {
  const calls = new Map(event.buckets);
  const highest = Math.max(...calls.values());
  const width = 240 / Math.max(1, bounds.length);
  const bars = bounds.map((bound, index) => {
    const here = calls.get(bound) ?? 0;
    // A single slow call must stay visible beside a thousand fast ones.
    const height = here === 0 ? 0 : Math.max(2, (56 * here) / highest);
    const bar = { x: index * width + 1, y: 60 - height, width: Math.max(1, width - 2), height, rx: 1.5 };
    return h('rect', bar, h('title', null, `${withinMs(bound)}: ${counted(here, 'call')}`));
  });
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => withinMs(quantile(event.buckets, share)));
  const label = `${event.operation}: half ${p50}, 95 % ${p95}, 99 % ${p99}`;
  return h(
    'figure',
    null,
    h('figcaption', null, h('b', null, event.operation), h('span', { class: 'small' }, counted(total(event), 'call'))),
    h('svg', { viewBox: '0 0 240 60', preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, ...bars),
    h(
      'div',
      { class: 'scale' },
      h('span', null, withinMs(bounds[0] ?? 0)),
      h('span', null, withinMs(bounds.at(-1) ?? 0)),
    ),
    h('p', { class: 'small' }, `half ${p50}, 95 % ${p95}, 99 % ${p99}`),
  );
}
