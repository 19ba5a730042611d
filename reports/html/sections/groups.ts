import { h } from 'preact';
import type { JSX } from 'preact';
import type { RequirementResult } from '../../../engine/interface/events.ts';
import type { Level } from '../../../specs/types/contract-types.ts';
import { byGroup } from '../../summary/by-group.ts';
import { grouped } from '../../writing/layout.ts';
import { percent, said, section, table } from '../kit/elements.ts';
import { type Tone, markOf } from '../kit/tone.ts';

interface GroupTally {
  readonly name: string;
  readonly size: number;
  /** Passed or failed: what the run can speak about. */
  readonly judged: number;
  readonly broken: number;
  readonly selected: number;
  readonly tones: { readonly [tone in Tone]: number };
  readonly unsupported: number;
}

const JUDGED: readonly RequirementResult['status'][] = ['pass', 'fail', 'expected-fail', 'unexpected-pass', 'flaky'];
const BROKEN: readonly RequirementResult['status'][] = ['fail', 'expected-fail'];

/** Divergence is broken ÷ judged, coverage is judged ÷ selected; they are never blended into one score. */
function tallyGroups(requirements: readonly RequirementResult[], failOn: Level): readonly GroupTally[] {
  return byGroup(requirements).map(([name, members]) => tally(name, members, failOn));
}

function tally(name: string, members: readonly RequirementResult[], failOn: Level): GroupTally {
  const tones = { pass: 0, fail: 0, warning: 0, thin: 0, out: 0 };
  for (const each of members) tones[markOf(each, failOn).tone] += 1;
  const withStatus = (statuses: readonly string[]): number =>
    members.filter((each) => statuses.includes(each.status)).length;
  return {
    name,
    size: members.length,
    judged: withStatus(JUDGED),
    broken: withStatus(BROKEN),
    selected: members.length - withStatus(['skipped']),
    tones,
    unsupported: withStatus(['unsupported']),
  };
}

export function groups(requirements: readonly RequirementResult[], failOn: Level): JSX.Element {
  const tallies = tallyGroups(requirements, failOn);
  const total = tally('all', requirements, failOn);
  const headings = [
    'Group',
    'Results',
    '#Pass',
    '#Fail',
    '#Warning',
    '#Not exercised',
    '#Unsupported',
    '#Divergence',
    '#Coverage',
  ];
  return section(
    'groups',
    'Groups',
    'Divergence: of the requirements that were judged, how many are broken, warnings included. Coverage: of those selected, how many were judged.',
    table('Groups', headings, [...tallies.map((each) => row(each, '')), row(total, 'total')], 'groups'),
  );
}

function row(group: GroupTally, kind: string): JSX.Element {
  const { tones } = group;
  const number = (n: number, tone: string): JSX.Element =>
    h('td', { class: `number ${n > 0 ? tone : 'none'}` }, grouped(n));
  return h(
    'tr',
    { class: kind },
    h('th', { scope: 'row' }, said(group.name, 60)),
    h('td', { class: 'stack' }, stack(group)),
    number(tones.pass, 'pass'),
    number(tones.fail, 'fail'),
    number(tones.warning, 'warning'),
    number(tones.thin, 'thin'),
    number(group.unsupported, 'out'),
    h('td', { class: 'number' }, percent(group.broken, group.judged)),
    h('td', { class: 'number' }, percent(group.judged, group.selected)),
  );
}

/** The counts as one bar. Each part has its own texture, so that it can be read without colour. */
function stack(group: GroupTally): JSX.Element {
  const order: readonly Tone[] = ['pass', 'fail', 'warning', 'thin', 'out'];
  let x = 0;
  const parts = order.map((tone) => {
    const width = (100 * group.tones[tone]) / Math.max(1, group.size);
    const part = h('rect', {
      class: tone,
      x,
      y: tone === 'pass' ? 3 : 0,
      width: Math.max(0, width - 0.8),
      height: tone === 'pass' ? 6 : 12,
    });
    x += width;
    return width > 0 ? part : null;
  });
  const label = order.filter((tone) => group.tones[tone] > 0).map((tone) => `${group.tones[tone]} ${WORDS[tone]}`);
  return h(
    'svg',
    { viewBox: '0 0 100 12', preserveAspectRatio: 'none', role: 'img', 'aria-label': label.join(', ') },
    ...parts,
  );
}

const WORDS: { readonly [tone in Tone]: string } = {
  pass: 'passed',
  fail: 'failed',
  warning: 'warned',
  thin: 'not exercised or open',
  out: 'unsupported or skipped',
};
