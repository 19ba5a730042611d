import { h } from 'preact';
import type { JSX } from 'preact';
import type { RequirementResult } from '../../../engine/interface/events.ts';
import type { Level } from '../../../specs/types/contract-types.ts';
import { byGroup } from '../../summary/by-group.ts';
import { counted, grouped } from '../../writing/layout.ts';
import { badge, said, section, table } from '../kit/elements.ts';
import { anchorOf } from './findings.ts';
import { markOf } from '../kit/tone.ts';

/** Every requirement, with how often it was really put to the test. Findings that have no card are not linked. */
export function requirements(
  all: readonly RequirementResult[],
  failOn: Level,
  cards: ReadonlySet<string>,
): JSX.Element {
  return section(
    'requirements',
    'Requirements',
    'Exercised: how often an answer could have broken it. Contexts: in how many different situations.',
    ...byGroup(all).map(([group, members]) => {
      const bad = members.filter((each) => markOf(each, failOn).tone !== 'pass').length;
      return h(
        'details',
        { class: 'group', open: bad > 0 },
        h(
          'summary',
          null,
          h('b', null, said(group, 60)),
          h(
            'span',
            { class: 'small' },
            ` ${counted(members.length, 'requirement')}${bad > 0 ? `, ${bad} not passed` : ', all passed'}`,
          ),
        ),
        table(
          `Requirements of ${said(group, 60)}`,
          ['Requirement', 'Result', 'Level', '#Exercised', '#Contexts'],
          members.map((each) => row(each, failOn, cards)),
          'requirements',
        ),
      );
    }),
  );
}

function row(result: RequirementResult, failOn: Level, cards: ReadonlySet<string>): JSX.Element {
  const links = result.findings.slice(0, 10).map((id) => {
    const name = said(id, 20);
    return [' ', cards.has(id) ? h('a', { href: `#${name}` }, name) : name];
  });
  return h(
    'tr',
    { id: anchorOf(result.id) },
    h(
      'th',
      { scope: 'row' },
      h('span', { class: 'title' }, said(result.title)),
      h('code', { class: 'small' }, said(result.id)),
    ),
    h(
      'td',
      null,
      badge(markOf(result, failOn)),
      ...links,
      result.because === undefined ? null : h('span', { class: 'small' }, ` because of ${said(result.because, 20)}`),
      result.reason === undefined ? null : h('span', { class: 'small' }, said(result.reason)),
    ),
    h('td', null, result.level),
    h('td', { class: `number ${result.exercised === 0 ? 'thin' : ''}` }, grouped(result.exercised)),
    h('td', { class: 'number' }, grouped(result.contexts)),
  );
}
