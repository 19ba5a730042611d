import { h } from 'preact';
import type { JSX } from 'preact';
import { byGroup } from '../summary/by-group.ts';
import { brokenRows, differs, isBroken } from '../matrix/matrix.ts';
import type { Matrix, MatrixRow } from '../matrix/matrix.ts';
import { badge, percent, said, section, table } from './kit/elements.ts';
import { page } from './kit/page.ts';
import { markOf } from './kit/tone.ts';

/** Several targets side by side as one file, which fetches nothing and needs no script. */
export function matrixHtml(matrix: Matrix): string {
  const { targets, cautions } = matrix;
  const broken = brokenRows(matrix);
  const headline = `${targets.length} targets, ${broken.length} requirements broken by somebody`;
  const names = targets.map(({ name }) => said(name, 60));
  return page(
    headline,
    h(
      'main',
      null,
      h(
        'section',
        { class: `verdict ${broken.length > 0 ? 'fail' : 'pass'}` },
        h('p', { class: 'kicker' }, 'Amazon Cognito Sync (2014-06-30) conformance: targets side by side'),
        h('h1', null, headline),
      ),
      section('targets', 'Targets', null, targetsTable(matrix)),
      cautions.length === 0
        ? null
        : h('ul', { class: 'lines' }, ...cautions.map((each) => h('li', null, `▲ ${said(each, 400)}`))),
      section(
        'groups',
        'Groups',
        'Of the requirements that a target was judged by, how many it passes.',
        groupsTable(matrix, names),
      ),
      section('choices', 'Choices', 'Where the documentation is silent.', choicesTable(matrix, names)),
      section('requirements', 'Requirements', 'Groups in which the targets differ are open.', ...groups(matrix, names)),
    ),
  );
}

function row(head: string, cells: readonly (string | JSX.Element)[], kind?: string): JSX.Element {
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, said(head)),
    ...cells.map((cell) => h('td', { class: kind }, typeof cell === 'string' ? said(cell) : cell)),
  );
}

function targetsTable({ targets }: Matrix): JSX.Element {
  const rows = targets.map(({ name, endpointUrl, version, preset, startedAt, verdict }) =>
    row(name, [endpointUrl, startedAt, version, preset, verdict]),
  );
  return table('Targets', ['Name', 'Address', 'Started', 'Version', 'Preset', 'Verdict'], rows);
}

function groupsTable({ groups: all }: Matrix, names: readonly string[]): JSX.Element {
  const rows = all.map(({ group, targets }) =>
    row(
      group,
      targets.map(({ passed, judged }) => (judged === 0 ? '–' : `${passed}/${judged} (${percent(passed, judged)})`)),
      'number',
    ),
  );
  return table('Groups', ['Group', ...names.map((name) => `#${name}`)], rows);
}

function choicesTable({ choices }: Matrix, names: readonly string[]): JSX.Element {
  const rows = choices.map(({ id, aws, options }) =>
    row(id, [...options.map((one) => one ?? '–'), aws ?? 'not known']),
  );
  return table('Choices', ['Choice', ...names, 'AWS'], rows);
}

function groups({ requirements }: Matrix, names: readonly string[]): readonly JSX.Element[] {
  return byGroup(requirements).map(([group, members]) => {
    const broken = members.filter(({ statuses }) => statuses.some(isBroken)).length;
    return h(
      'details',
      { class: 'group', open: members.some(differs) },
      h(
        'summary',
        null,
        h('b', null, said(group, 60)),
        ` ${members.length} requirements, ${broken === 0 ? 'broken by nobody' : `${broken} broken by somebody`}`,
      ),
      table(group, ['Requirement', 'Level', ...names], members.map(requirementRow), 'requirements'),
    );
  });
}

function requirementRow({ id, level, title, statuses }: MatrixRow): JSX.Element {
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, h('span', { class: 'title' }, said(title)), h('code', null, said(id))),
    h('td', null, level),
    ...statuses.map((status) =>
      // A matrix has no line between failures and warnings: its runs may have drawn it elsewhere.
      h('td', null, status === null ? '–' : badge(markOf({ status, level }, 'convention'))),
    ),
  );
}
