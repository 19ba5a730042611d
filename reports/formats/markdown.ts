import { sayDoes, saySupport } from '../writing/say-finding.ts';
import type { Finding } from '../../engine/interface/events.ts';
import { byGroup } from '../summary/by-group.ts';
import { differsFromAws } from '../summary/verdict.ts';
import { counted, duration } from '../writing/layout.ts';
import { markdownCode as code, markdownText as text, markdownTable } from '../writing/markdown-text.ts';
import { standing } from '../known-failures/finding-status.ts';
import type { Standing } from '../known-failures/finding-status.ts';
import type { Summary } from '../summary/summary.ts';
import { visible } from '../writing/visible.ts';

/** A job summary may hold 1 MiB; findings beyond this many are named only. */
const MOST_FINDINGS = 20;
const MOST_STEPS = 40;
const MOST_ROWS = 50;

const SIGNS: { readonly [stands in Standing]: string } = { fail: '❌', known: '🏳️', flaky: '🎲', warning: '⚠️' };
const VERDICTS: { readonly [verdict in Summary['verdict']]: string } = {
  conforms: '✅ Conforms',
  violates: '❌ Violates',
  inconclusive: '❔ Inconclusive',
  'not-judged': '⭕ Not judged',
};

/** The run as Markdown for the summary of a CI job. Nothing a target says can break a table or become HTML. */
export function markdown(summary: Summary): string {
  const { run, target, traffic, findings } = summary;
  const rest = findings.slice(MOST_FINDINGS);
  return [
    `## ${VERDICTS[summary.verdict]}: Amazon Cognito Sync`,
    '',
    `${text(summary.exitReason, 600)} (exit ${summary.exitCode})`,
    '',
    `${target.embedded ? 'the embedded endpoint' : code(target.endpointUrl)}, preset ${text(run.preset)}, seed ${code(String(run.seed))}, ` +
      `${counted(traffic.requests, 'request')} in ${counted(traffic.sequences, 'sequence')}, ${duration(run.durationMs)}` +
      (summary.complete ? '' : '. **The run was cut off: this is a part of it.**'),
    '',
    ...groups(summary),
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding) => findingLines(finding, standing(finding, summary))),
    ...(rest.length > 0 ? [`and ${counted(rest.length, 'finding')} more, in findings/ of the report.`, ''] : []),
    ...replays(summary),
    ...choices(summary),
    ...notJudged(summary),
  ].join('\n');
}

function groups(summary: Summary): readonly string[] {
  // What the settings left out whole says nothing.
  const judged = byGroup(summary.requirements).filter(([, all]) => all.some(({ status }) => status !== 'skipped'));
  const rows = judged.map(([group, results]) => {
    const count = (...statuses: string[]): string =>
      String(results.filter((result) => statuses.includes(result.status)).length);
    return [
      text(group),
      count('pass'),
      count('fail'),
      count('expected-fail'),
      count('not-exercised', 'indeterminate', 'flaky'),
      count('unsupported', 'skipped'),
    ];
  });
  return markdownTable(
    ['Group', '#Pass', '#Broken', '#Known', '#Not exercised or open', '#Unsupported or skipped'],
    rows,
  );
}

function findingLines(finding: Finding, stands: Standing): readonly string[] {
  const steps = finding.steps
    .slice(0, MOST_STEPS)
    .map((step, index) => [
      String(index + 1),
      code(step.operation),
      text(step.says),
      `${code(step.answer)}${step.differences.length > 0 ? ' ❌' : ''}`,
    ]);
  return [
    `<details${stands === 'fail' ? ' open' : ''}><summary>${SIGNS[stands]} ${stands}: ${text(finding.id)} ${text(sayDoes(finding), 400)}</summary>`,
    '',
    `${code(finding.requirement)}, ${finding.level}: ${text(finding.title)} ${text(finding.source, 500)}`,
    '',
    text(saySupport(finding)),
    '',
    ...markdownTable(['#', 'Call', 'What it does', 'Answer'], steps),
    ...(finding.steps.length > MOST_STEPS ? [`and ${finding.steps.length - MOST_STEPS} more calls`, ''] : []),
    `- allowed: ${text(finding.allowed, 600)}`,
    `- actual: ${text(finding.actual, 600)}`,
    ...(finding.alsoBreaks.length > 0
      ? [
          `- because of it, checks of these fail too: ${finding.alsoBreaks
            .slice(0, 20)
            .map((id) => code(id))
            .join(', ')}`,
        ]
      : []),
    ...finding.doesNotMatter.slice(0, 10).map((sentence) => `- ${text(sentence)}`),
    `- reproduced ${finding.reproduced.failures}/${finding.reproduced.attempts}; ` +
      code(`npx cognito-sync-conformance replay findings/${finding.id}.json`),
    '',
    '</details>',
    '',
  ];
}

function replays({ replays: all = [] }: Summary): readonly string[] {
  const rows = all
    .slice(0, MOST_ROWS)
    .map(({ id, requirement, verdict, text: told }) => [text(id), code(requirement), verdict, text(told)]);
  return markdownTable(['Earlier finding', 'Requirement', 'Now', 'Why'], rows);
}

function choices(summary: Summary): readonly string[] {
  const rows = summary.choices
    .filter(differsFromAws)
    .slice(0, MOST_ROWS)
    .map((choice) => [code(choice.id), text(choice.option), text(choice.aws ?? ''), String(choice.observations)]);
  return markdownTable(['Choice that differs from AWS', 'This target', 'AWS', '#Seen'], rows);
}

function notJudged(summary: Summary): readonly string[] {
  const open = summary.requirements.filter((result) => ['not-exercised', 'indeterminate'].includes(result.status));
  if (open.length === 0) return [];
  const shown = open.slice(0, MOST_ROWS).map((result) => {
    const reason = result.reason === undefined ? '' : `: ${text(result.reason)}`;
    return `- ${code(result.id)} ${visible(result.status)}${reason}`;
  });
  return [
    'Not judged:',
    '',
    ...shown,
    ...(open.length > MOST_ROWS ? [`- and ${open.length - MOST_ROWS} more`] : []),
    '',
  ];
}
