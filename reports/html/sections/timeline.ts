import { h } from 'preact';
import type { JSX } from 'preact';
import type { RunEvent } from '../../../engine/interface/events.ts';
import { counted, duration, grouped } from '../../writing/layout.ts';
import { section } from '../kit/elements.ts';

const WIDTH = 800;
const MOST_SLICES = 120;
const MOST_PHASES = 40;

type Phase = Extract<RunEvent, { kind: 'phase' }>;

interface Slice {
  requests: number;
  sightings: number;
}

/** What happened when, in constant memory however long the run: slices of time that double when there are too many. */
export interface Course {
  event(event: RunEvent): void;
  /** The chapter of the report. */
  view(durationMs: number): JSX.Element;
}

export function createCourse(): Course {
  let start: number | undefined;
  let width = 10;
  let slices: Slice[] = [];
  const phases: Phase[] = [];

  const sliceAt = (at: number): Slice => {
    start ??= at;
    const since = Math.max(0, at - start);
    while (since / width >= MOST_SLICES) {
      slices = halved(slices);
      width *= 2;
    }
    const index = Math.floor(since / width);
    while (slices.length <= index) slices.push({ requests: 0, sightings: 0 });
    return slices[index]!;
  };

  /** A sequence lasts: its requests belong to the whole time it took, not to its end. */
  const spread = ({ at, ms, requests }: Extract<RunEvent, { kind: 'sequence-finished' }>): void => {
    sliceAt(at);
    const first = Math.max(0, Math.floor((at - ms - (start ?? at)) / width));
    const last = Math.max(first, Math.floor((at - (start ?? at)) / width));
    for (const slice of slices.slice(first, last + 1)) slice.requests += requests / (last - first + 1);
  };

  return {
    event(event) {
      if (event.kind === 'run-started') start = event.at;
      if (event.kind === 'sequence-finished') spread(event);
      if (event.kind === 'sighting') sliceAt(event.at).sightings += 1;
      if (event.kind === 'phase' && phases.length < MOST_PHASES) phases.push(event);
    },
    view: (durationMs) => chapter(slices, width, phases, start ?? 0, durationMs),
  };
}

function halved(slices: readonly Slice[]): Slice[] {
  return slices.flatMap((slice, index) => {
    if (index % 2 === 1) return [];
    const next = slices[index + 1];
    return [{ requests: slice.requests + (next?.requests ?? 0), sightings: slice.sightings + (next?.sightings ?? 0) }];
  });
}

function chapter(
  slices: readonly Slice[],
  width: number,
  phases: readonly Phase[],
  start: number,
  durationMs: number,
): JSX.Element {
  const met = slices.reduce((sum, slice) => sum + slice.sightings, 0);
  const fastest = Math.round(Math.max(0, ...slices.map((slice) => slice.requests)) / (width / 1000));
  const label = `At most ${grouped(fastest)} requests per second; ${counted(met, 'failure')} met`;
  return section(
    'course',
    'How the run went',
    `Bars: requests of the sequences, at most ${grouped(fastest)} per second. ` +
      `Crosses: failures as they were met, ${grouped(met)} in all, before they were grouped into findings.`,
    h(
      'figure',
      { class: 'course' },
      h(
        'svg',
        { viewBox: `0 0 ${WIDTH} 112`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
        h('line', { x1: 0, x2: WIDTH, y1: 90.5, y2: 90.5 }),
        ...marks(slices, WIDTH / Math.max(1, durationMs / width)),
      ),
      h('div', { class: 'scale' }, h('span', null, '0 s'), h('span', null, duration(durationMs))),
    ),
    phaseList(phases, start, start + durationMs),
  );
}

function marks(slices: readonly Slice[], step: number): readonly JSX.Element[] {
  const highest = Math.max(1, ...slices.map((slice) => slice.requests));
  return slices.flatMap(({ requests, sightings }, index) => {
    const x = index * step;
    const height = (84 * requests) / highest;
    const bar = { class: 'flow', x, y: 90 - height, width: Math.max(0.5, step * 0.78), height };
    const cross = { class: 'sighting', d: `M${x} 98l${step * 0.7} 10m0 -10l${-step * 0.7} 10` };
    return [
      ...(requests > 0 ? [h('rect', bar)] : []),
      ...(sightings > 0 ? [h('path', cross, h('title', null, counted(sightings, 'failure')))] : []),
    ];
  });
}

function phaseList(phases: readonly Phase[], start: number, end: number): JSX.Element | null {
  if (phases.length === 0) return null;
  const items = phases.map((phase, index) => {
    const until = phases[index + 1]?.at ?? end;
    return h('li', null, h('b', null, phase.phase), ` ${duration(Math.max(0, until - phase.at))}`);
  });
  return h('ol', { class: 'phases', 'aria-label': `Phases, from ${new Date(start).toISOString()}` }, ...items);
}
