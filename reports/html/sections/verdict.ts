import { h } from 'preact';
import type { ComponentChild, JSX } from 'preact';
import type { Summary } from '../../summary/summary.ts';
import { counted, duration, grouped } from '../../writing/layout.ts';
import { said } from '../kit/elements.ts';
import { markOf } from '../kit/tone.ts';
import type { Tone } from '../kit/tone.ts';

interface Headline {
  readonly tone: Tone;
  readonly glyph: string;
  readonly text: string;
}

/** The verdict in one word, with its shape. */
export function headline(summary: Summary): Headline {
  const tally = summary.requirements.filter((each) => each.status === 'fail').length;
  switch (summary.verdict) {
    case 'conforms':
      return { tone: 'pass', glyph: '✓', text: 'Conforms' };
    case 'violates':
      return { tone: summary.exitCode === 0 ? 'warning' : 'fail', glyph: tally > 0 ? '✕' : '⚑', text: 'Violates' };
    case 'inconclusive':
      return { tone: 'thin', glyph: '?', text: 'Inconclusive' };
    case 'not-judged':
      return { tone: 'thin', glyph: '○', text: 'Not judged' };
  }
}

/** The bar that stays at the top: verdict, target, where to go. */
export function topBar(summary: Summary): JSX.Element {
  const { tone, glyph, text } = headline(summary);
  const links: readonly (readonly [string, string])[] = [
    ['findings', summary.findings.length > 0 ? `Findings ${grouped(summary.findings.length)}` : 'Findings'],
    ['groups', 'Groups'],
    ['choices', 'Choices'],
    ['requirements', 'Requirements'],
    ['latency', 'Latency'],
    ['course', 'Course'],
  ];
  return h(
    'header',
    { class: 'bar' },
    h(
      'div',
      { class: 'inner' },
      h('a', { href: '#top', class: `pill ${tone}` }, h('span', { 'aria-hidden': 'true' }, `${glyph} `), text),
      h('span', { class: 'where' }, where(summary)),
      h('nav', { 'aria-label': 'Report' }, ...links.map(([id, label]) => h('a', { href: `#${id}` }, label))),
    ),
  );
}

/** What a reader wants first: does it conform, and on what grounds do we say so. */
export function verdict(summary: Summary): JSX.Element {
  const { tone, glyph, text } = headline(summary);
  const { run, target, traffic } = summary;
  const facts: readonly (readonly [string, ComponentChild])[] = [
    ['Target', target.embedded ? where(summary) : h('code', null, where(summary))],
    ['Region', said(target.region)],
    ['Preset', said(run.preset)],
    ['Seed', h('code', null, String(run.seed))],
    [
      'Started',
      h('time', { dateTime: said(run.startedAt, 40) }, said(run.startedAt, 40).replace('T', ' ').slice(0, 19), ' UTC'),
    ],
    ['Duration', duration(run.durationMs)],
    [
      'Traffic',
      `${counted(traffic.requests, 'request')} in ${counted(traffic.sequences, 'sequence')}, ${grouped(Math.round(traffic.requestsPerSecond))}/s` +
        (traffic.shrinkRequests > 0 ? `; ${grouped(traffic.shrinkRequests)} of them to shrink` : ''),
    ],
    ['Run', h('code', null, said(run.id))],
  ];
  return h(
    'section',
    { id: 'top', class: `verdict ${tone}`, 'aria-labelledby': 'verdict-title' },
    h('p', { class: 'kicker' }, 'Amazon Cognito Sync (2014-06-30) conformance'),
    h('h1', { id: 'verdict-title' }, h('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph), text),
    h(
      'p',
      { class: 'reason' },
      capital(said(summary.exitReason, 600)),
      h('span', { class: 'exit' }, `exit ${summary.exitCode}`),
    ),
    summary.complete
      ? null
      : h('p', { class: 'alert' }, '? This run was cut off: its log has no end. What follows is partial.'),
    tiles(summary),
    h(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))),
    ),
    notes(summary),
  );
}

function tiles(summary: Summary): JSX.Element {
  const tones = summary.requirements.map((each) => markOf(each, summary.policy.failOn).tone);
  const tally = (tone: Tone): number => tones.filter((each) => each === tone).length;
  const all: readonly (readonly [Tone, string, string])[] = [
    ['pass', '✓', 'passed'],
    ['fail', '✕', 'failed'],
    ['warning', '▲', 'warned'],
    ['thin', '○', 'not exercised or open'],
    ['out', '–', 'unsupported or skipped'],
  ];
  return h(
    'ul',
    { class: 'tiles', 'aria-label': `${summary.requirements.length} requirements` },
    ...all.map(([tone, glyph, label]) =>
      h(
        'li',
        { class: tally(tone) > 0 ? tone : 'none' },
        h('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph),
        h('b', null, grouped(tally(tone))),
        h('span', null, label),
      ),
    ),
  );
}

function notes(summary: Summary): JSX.Element | null {
  const { notes: all } = summary;
  if (all.length === 0) return null;
  const shown = all.slice(0, 20);
  return h(
    'details',
    { class: 'notes' },
    h('summary', null, counted(all.length, 'note'), ' from the run'),
    h('ul', null, ...shown.map((note) => h('li', null, note.level === 'warning' ? '▲ ' : '', said(note.text, 400)))),
    all.length > shown.length
      ? h('p', { class: 'note' }, `and ${all.length - shown.length} more in events.ndjson`)
      : null,
  );
}

/** Who was judged. */
export function where({ target }: Summary): string {
  return target.embedded ? 'the embedded endpoint' : said(target.endpointUrl, 120);
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
