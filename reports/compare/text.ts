import { CHANGES, type Change, type Comparison } from './run-record.ts';
import { markdownCode, markdownTable, markdownText } from '../writing/markdown-text.ts';
import { visible } from '../writing/visible.ts';

/** Changes of one kind beyond this many are counted only. */
const MOST = 200;

export const TITLES: { readonly [kind in Change['kind']]: string } = {
  'newly-failing': 'Newly failing',
  'no-longer-exercised': 'No longer exercised',
  'still-failing': 'Still failing',
  fixed: 'Fixed (its counterexample ran again and passed)',
  'no-longer-seen': 'No longer seen (which does not prove it fixed)',
  'choice-changed': 'Choices that changed',
  slower: 'Slower',
  'requirement-added': 'Requirements added',
  'requirement-removed': 'Requirements no longer in the run',
  'requirement-changed': 'Requirements changed',
};

interface Chapter {
  readonly title: string;
  readonly changes: readonly Change[];
  readonly more: number;
}

function chapters(comparison: Comparison): readonly Chapter[] {
  return CHANGES.flatMap((kind) => {
    const all = comparison.changes.filter((change) => change.kind === kind);
    const changes = all.slice(0, MOST);
    return all.length === 0 ? [] : [{ title: `${TITLES[kind]} (${all.length})`, changes, more: all.length - MOST }];
  });
}

/** `2 regressions`, `no regression` or `nothing changed`. */
export function outcome({ changes, regression }: Comparison): string {
  const count = changes.filter((change) => change.regression).length;
  if (regression) return `${count} ${count === 1 ? 'regression' : 'regressions'}`;
  return changes.length === 0 ? 'nothing changed' : 'no regression';
}

/** The comparison for a terminal; the last line is its outcome. */
export function comparisonText(comparison: Comparison): string {
  const run = ({ id, startedAt, endpointUrl, verdict }: Comparison['old']): string =>
    visible(`${id}  ${startedAt.slice(0, 19)}  ${endpointUrl}  ${verdict}`, 200);
  return [
    `old  ${run(comparison.old)}`,
    `new  ${run(comparison.new)}`,
    ...comparison.cautions.map((caution) => `note  ${visible(caution, 400)}`),
    ...chapters(comparison).flatMap(({ title, changes, more }) => [
      '',
      title,
      ...changes.map(({ subject, detail }) => `  ${visible(subject)}  ${visible(detail, 500)}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ]),
    '',
    outcome(comparison),
    '',
  ].join('\n');
}

/** The comparison as Markdown, safe whatever the runs hold. */
export function comparisonMarkdown(comparison: Comparison): string {
  const row = (name: string, { id, startedAt, tool, endpointUrl, verdict }: Comparison['old']): readonly string[] =>
    [name, id, startedAt.slice(0, 19), endpointUrl, tool, verdict].map((cell) => markdownText(cell));
  return [
    `## ${comparison.regression ? '❌' : '✅'} ${outcome(comparison)}`,
    '',
    ...markdownTable(
      ['', 'Run', 'Started', 'Target', 'Version', 'Verdict'],
      [row('old', comparison.old), row('new', comparison.new)],
    ),
    ...comparison.cautions.map((caution) => `> ${markdownText(caution, 400)}\n`),
    ...chapters(comparison).flatMap(({ title, changes, more }) => [
      `### ${title}`,
      '',
      ...markdownTable(
        ['What', 'Change'],
        changes.map(({ subject, detail }) => [markdownCode(subject), markdownText(detail, 500)]),
      ),
      ...(more > 0 ? [`and ${more} more`, ''] : []),
    ]),
  ].join('\n');
}
