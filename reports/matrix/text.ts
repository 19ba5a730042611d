import type { Status } from '../../engine/interface/events.ts';
import { table } from '../writing/layout.ts';
import { markdownCode, markdownTable, markdownText } from '../writing/markdown-text.ts';
import { brokenRows, differs } from './matrix.ts';
import type { Matrix, MatrixGroup } from './matrix.ts';
import { visible } from '../writing/visible.ts';

/** Rows of a kind beyond this many are counted only. */
const MOST = 200;

const WORDS: { readonly [status in Status]?: string } = {
  'expected-fail': 'known',
  'unexpected-pass': 'pass',
  'not-exercised': '-',
  unsupported: '-',
  skipped: '-',
  indeterminate: '?',
  'harness-error': '?',
};

/** A status in one word; a dash where nothing was judged. */
function word(status: Status | null): string {
  return status === null ? '-' : (WORDS[status] ?? status);
}

function share({ passed, judged }: MatrixGroup['targets'][number]): string {
  return judged === 0 ? '-' : `${passed}/${judged}`;
}

/** The matrix for a terminal: what each target passes of what it was judged by, and where they differ. */
export function matrixText(matrix: Matrix): string {
  const names = matrix.targets.map(({ name }) => visible(name, 30));
  const broken = brokenRows(matrix);
  const rows = broken.slice(0, MOST).map(({ id, statuses }) => [visible(id), ...statuses.map(word)]);
  const taken = (all: readonly (string | null)[]): number =>
    new Set(all.filter((option) => option !== null && option !== 'unknown')).size;
  const options = matrix.choices.filter(({ options: all }) => taken(all) > 1);
  return [
    ...matrix.targets.map(
      ({ name, endpointUrl, verdict, exitCode }) =>
        `${visible(name, 30)}: ${visible(endpointUrl, 120)}, ${verdict} (exit ${exitCode})`,
    ),
    ...matrix.cautions.map((caution) => `note  ${visible(caution, 300)}`),
    '',
    ...table(
      [['passed', ...names], ...matrix.groups.map(({ group, targets }) => [group, ...targets.map(share)])],
      '  ',
    ),
    ...(rows.length === 0 ? [] : ['', 'Broken', ...table([['', ...names], ...rows], '  ')]),
    ...(broken.length > MOST ? [`  and ${broken.length - MOST} more`] : []),
    ...(options.length === 0
      ? []
      : [
          '',
          'Choices on which they differ',
          ...table(
            [
              ['', ...names, 'AWS'],
              ...options
                .slice(0, MOST)
                .map(({ id, aws, options: all }) => [id, ...all.map((one) => visible(one ?? '-', 40)), aws ?? '-']),
            ],
            '  ',
          ),
        ]),
    '',
    `${broken.length} broken by somebody, ${broken.filter(differs).length} not by all`,
    '',
  ].join('\n');
}

/** The matrix as Markdown. */
export function matrixMarkdown(matrix: Matrix): string {
  const names = matrix.targets.map(({ name }) => markdownText(name, 60));
  return [
    '## Amazon Cognito Sync: targets side by side',
    '',
    ...markdownTable(
      ['Target', 'Address', 'Version', 'Preset', 'Verdict'],
      matrix.targets.map(({ name, endpointUrl, version, preset, verdict }) =>
        [name, endpointUrl, version, preset, verdict].map((cell) => markdownText(cell)),
      ),
    ),
    ...matrix.cautions.flatMap((caution) => [markdownText(caution), '']),
    ...markdownTable(
      ['Passed of judged', ...names.map((name) => `#${name}`)],
      matrix.groups.map(({ group, targets }) => [markdownText(group), ...targets.map(share)]),
    ),
    ...markdownTable(
      ['Broken by somebody', 'Level', ...names],
      brokenRows(matrix)
        .slice(0, MOST)
        .map(({ id, level, statuses }) => [markdownCode(id), level, ...statuses.map(word)]),
    ),
    ...markdownTable(
      ['Choice', ...names, 'AWS'],
      matrix.choices.map(({ id, aws, options }) => [
        markdownCode(id),
        ...options.map((option) => markdownText(option ?? '-')),
        markdownText(aws ?? '-'),
      ]),
    ),
  ].join('\n');
}
