import { sayDoes } from '../writing/say-finding.ts';
import { createColors } from '../writing/colors.ts';
import type { Finding } from '../../engine/interface/events.ts';
import { MARKS, counterexample, sayReproduced } from './counterexample.ts';
import { groupsTable } from './groups-table.ts';
import { differsFromAws, failsAt } from '../summary/verdict.ts';
import { counted, duration, grouped, padEnd, wrap } from '../writing/layout.ts';
import { standing } from '../known-failures/finding-status.ts';
import type { Standing } from '../known-failures/finding-status.ts';
import type { Summary } from '../summary/summary.ts';
import { visible } from '../writing/visible.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  readonly reportDir: string;
}

/** Of a long list, so many lines are shown. */
const MOST_LINES = 20;

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - MOST_LINES;
  return ['', title, ...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`  and ${rest} more, see summary.json`] : [])];
}

function header(summary: Summary): readonly string[] {
  const { target, run, tool } = summary;
  const where = target.embedded ? 'the embedded endpoint' : visible(target.endpointUrl);
  return [
    `${tool.name} ${visible(tool.version)}`,
    `  target  ${where} (${visible(target.region)})`,
    `  seed    ${run.seed}, preset ${visible(run.preset)}, run ${visible(run.id)}`,
  ];
}

function choiceLines(summary: Summary): readonly string[] {
  const differing = summary.choices.filter(differsFromAws);
  const columns = Math.max(0, ...differing.map((choice) => choice.id.length));
  return differing.map(
    (choice) =>
      `  ${padEnd(choice.id, columns)}  ${visible(choice.option)}, AWS: ${visible(choice.aws ?? '')}` +
      (choice.observations > 1 ? ` (seen ${grouped(choice.observations)} times)` : ''),
  );
}

function totals(summary: Summary, findings: readonly Standing[]): string {
  const { traffic, requirements, run } = summary;
  const broken = requirements.filter(
    ({ status, level }) => status === 'fail' && failsAt(level, summary.policy.failOn),
  ).length;
  const selected = requirements.filter((result) => result.status !== 'skipped');
  const reached = selected.filter((result) => result.exercised > 0).length;
  const left = requirements.length - selected.length;
  const count = (kind: Standing): number => findings.filter((each) => each === kind).length;
  const also = (kind: Standing, word: string): string => (count(kind) > 0 ? `, ${count(kind)} ${word}` : '');
  return (
    `${counted(count('fail'), 'failure')}${broken > count('fail') ? ` ${count('fail') === 1 ? 'that breaks' : 'that break'} ${counted(broken, 'requirement')}` : ''}, ${counted(count('warning'), 'warning')}${also('known', 'known')}` +
    `${also('flaky', 'flaky')}; ${reached} of ${counted(selected.length, 'requirement')} exercised${left > 0 ? ` (${left} left out)` : ''}; ` +
    `${counted(traffic.sequences, 'sequence')}, ${counted(traffic.requests, 'request')} ` +
    `(${grouped(traffic.requestsPerSecond)}/s) in ${duration(run.durationMs).replaceAll(' ', '\u00a0')}`
  );
}

/** Operations that answered alike are told in one line. */
function byEvidence({ unsupported }: Summary): readonly string[] {
  const groups = new Map<string, readonly string[]>();
  for (const { operation, evidence } of unsupported) groups.set(evidence, [...(groups.get(evidence) ?? []), operation]);
  return [...groups].map(([evidence, operations]) => `${visible(evidence, 120)}: ${operations.join(', ')}`);
}

function brief(finding: Finding, stands: Standing): string {
  const { id, level, requirement } = finding;
  return `  ${id}  ${MARKS[stands]}  ${level}  ${visible(requirement)}: ${visible(sayDoes(finding), 300)} (${sayReproduced(finding)})`;
}

/** Requirements whose violations a finding of another requirement explains. */
function becauseOfOthers({ requirements }: Summary): readonly string[] {
  return requirements.flatMap(({ id, because, violations }) =>
    because === undefined ? [] : [`  ${visible(id)}  because of ${visible(because)} (${grouped(violations)} checks)`],
  );
}

/** What became of the findings of earlier runs. */
function replayLines({ replays = [] }: Summary): readonly string[] {
  return replays.map(
    ({ id, verdict, requirement, text, moved }) =>
      `  ${visible(id)}  ${verdict}  ${visible(requirement)}: ${verdict === 'FAILED' ? 'as before' : visible(text, 200)}` +
      (moved === undefined || verdict === 'FIXED'
        ? ''
        : `; call ${moved.step} answered ${visible(moved.was, 100)}, now ${visible(moved.is, 100)}`),
  );
}

/** Requirements that were exercised and not decided, with the reason. */
function undecided({ requirements }: Summary): readonly string[] {
  return requirements
    .filter(({ status }) => status === 'indeterminate')
    .map(({ id, reason }) => `  ${visible(id)}${reason === undefined ? '' : `: ${visible(reason, 160)}`}`);
}

/** The result of a run for a person at a terminal; ends in a line end. */
export function renderText(summary: Summary, options: TextOptions): string {
  const colors = createColors(options.color);
  const columns = Math.max(40, options.width);
  const weighed = summary.findings.map((finding) => ({ finding, stands: standing(finding, summary) }));
  // Where nobody answered there is one thing to say, and it is not about requirements.
  const away = summary.run.stopped === 'unreachable';
  const silent = away && !summary.requirements.some((result) => result.exercised > 0);
  const kinds = weighed.map(({ stands }) => stands);
  // What was not made small before the target went is long, and may be no more than a consequence.
  const inFull = ({ stands, finding }: (typeof weighed)[number]): boolean =>
    stands === 'fail' && !(away && finding.reproduced.attempts === 0);
  const full = weighed.filter(inFull);
  const short = weighed.filter((one) => !inFull(one));
  const untouched = away ? [] : summary.requirements.filter((result) => result.status === 'not-exercised');
  const matchAws = summary.policy.matchAws ? ' (a failure, by --match-aws)' : '';
  const paint = summary.exitCode === 0 ? colors.green : summary.exitCode === 1 ? colors.red : colors.yellow;

  return [
    ...header(summary),
    ...(silent || summary.requirements.length === 0 ? [] : ['', ...groupsTable(summary)]),
    ...full.flatMap(({ finding, stands }) => [
      '',
      counterexample(finding, { ...options, target: summary.target, standing: stands }),
    ]),
    ...section(
      'Also seen',
      short.map(({ finding, stands }) => brief(finding, stands)),
    ),
    ...section('Failed because of a finding of another requirement', becauseOfOthers(summary)),
    ...section('Findings of earlier runs', replayLines(summary)),
    ...section(`Choices that differ from AWS${matchAws}`, choiceLines(summary)),
    ...section(
      'Unsupported',
      byEvidence(summary).flatMap((line) => wrap(line, columns, '  ', '    ')),
    ),
    ...section(
      'Never exercised',
      untouched.map((result) => `  ${visible(result.id)}${result.reason ? `: ${visible(result.reason, 120)}` : ''}`),
    ),
    ...section('Not decided', away ? [] : undecided(summary)),
    ...section(
      'Notes',
      summary.notes.filter((note) => note.level === 'warning').map((note) => `  ${visible(note.text, 300)}`),
    ),
    '',
    // A number stays with its unit.
    ...(silent ? [] : wrap(totals(summary, kinds), columns, '').map((line) => line.replaceAll('\u00a0', ' '))),
    // Not wrapped: jobs look for it with grep.
    paint(`${summary.verdict}, exit ${summary.exitCode}: ${visible(summary.exitReason)}`),
    `report  ${visible(options.reportDir)}/report.html`,
    '',
  ].join('\n');
}
