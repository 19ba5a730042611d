import { h } from 'preact';
import type { JSX } from 'preact';
import type { ChoiceResult } from '../../../engine/interface/events.ts';
import { contract } from '../../../specs/contract.ts';
import { differsFromAws } from '../../summary/verdict.ts';
import { grouped } from '../../writing/layout.ts';
import { badge, said, section, table } from '../kit/elements.ts';

const questions = new Map(contract.choices.map((choice) => [choice.id, choice]));

/** The points on which correct servers may differ: what this target does, and what AWS is known to do. */
export function choices(all: readonly ChoiceResult[], matchAws: boolean): JSX.Element {
  const known = all.filter((each) => each.aws !== null).length;
  const note = `Where the documentation is silent, the target is held to what it does itself. For ${known} of ${all.length} it is known what AWS does.`;
  const rows = all.map((each) => {
    const choice = questions.get(each.id);
    const meaning = choice?.options[each.option];
    return h(
      'tr',
      null,
      h(
        'th',
        { scope: 'row' },
        h('code', null, said(each.id, 80)),
        h('span', { class: 'small' }, choice?.question ?? ''),
      ),
      h(
        'td',
        null,
        h('b', null, said(each.option, 60)),
        h(
          'span',
          { class: 'small' },
          meaning ?? (each.observations === 0 ? 'never asked' : 'no option explains what was seen'),
        ),
      ),
      h('td', null, each.aws === null ? h('span', { class: 'faint' }, 'not known') : said(each.aws, 60)),
      h('td', null, agreement(each, matchAws)),
      h('td', { class: 'number' }, grouped(each.observations)),
    );
  });
  return section(
    'choices',
    'Choices',
    note,
    table('Choices', ['Question', 'This target', 'AWS', 'Agreement', '#Seen'], rows, 'choices'),
  );
}

function agreement(choice: ChoiceResult, matchAws: boolean): JSX.Element {
  if (differsFromAws(choice)) {
    return badge(
      matchAws ? { tone: 'fail', glyph: '✕', label: 'differs' } : { tone: 'warning', glyph: '▲', label: 'differs' },
    );
  }
  const same = choice.aws !== null && choice.aws === choice.option;
  return same ? badge({ tone: 'pass', glyph: '✓', label: 'as AWS' }) : h('span', { class: 'faint' }, 'open');
}
