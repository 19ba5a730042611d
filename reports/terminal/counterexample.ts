import { createColors } from '../writing/colors.ts';
import type { Finding, FindingStep, TargetInfo } from '../../engine/interface/events.ts';
import { counted, padEnd, width, wrap } from '../writing/layout.ts';
import { breakingCall } from '../reproduction/preamble.ts';
import { shellArgument } from '../reproduction/shell.ts';
import type { Standing } from '../known-failures/finding-status.ts';
import { lanesText } from './lanes-text.ts';
import { sayDoes, saySupport } from '../writing/say-finding.ts';
import { visible } from '../writing/visible.ts';

export interface CounterexampleOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Where the files of the finding are. */
  readonly reportDir: string;
  readonly target: TargetInfo;
  readonly standing: Standing;
}

export const MARKS: { readonly [standing in Standing]: string } = {
  fail: 'FAIL',
  known: 'KNOWN',
  flaky: 'FLAKY',
  warning: 'WARN',
};

/** Longest sentence about what the server does. */
const LONGEST_SENTENCE = 600;

/** Longest text of one call in the table; the finding's file has all of it. */
const LONGEST_CALL = 200;

interface CallColumns {
  readonly operation: number;
  readonly says: number;
  readonly all: number;
}

/** Where the answers stand: the widest column, out of `room`, that holds no call whose answer would then not fit. */
function columnOf({ steps }: Finding, room: number): number {
  const calls = steps.map((step) => ({
    says: width(visible(step.says, LONGEST_CALL)),
    answer: width(visible(step.answer, LONGEST_CALL)) + '  -> '.length,
  }));
  const widths = calls.map(({ says }) => says).toSorted((a, b) => b - a);
  const fits = (column: number): boolean =>
    calls.every(({ says, answer }) => says > column || says + answer > room || column + answer <= room);
  return widths.find(fits) ?? 0;
}

function callLines(step: FindingStep, number: string, columns: CallColumns): readonly string[] {
  const start = `${number}  ${padEnd(step.operation, columns.operation)}  `;
  const says = visible(step.says, LONGEST_CALL);
  const answer = `-> ${visible(step.answer, LONGEST_CALL)}`;
  for (const line of [`${start}${padEnd(says, columns.says)}  ${answer}`, `${start}${says}  ${answer}`]) {
    if (width(line) <= columns.all) return [line];
  }
  const indent = ' '.repeat(width(start));
  return [...wrap(says, columns.all, start, indent), ...wrap(answer, columns.all, indent, `${indent}   `)];
}

/** How often a counterexample failed again; a run that ended early had no time to play it again. */
export function sayReproduced({ reproduced }: Finding): string {
  return reproduced.attempts === 0 ? 'not run again' : `${reproduced.failures}/${reproduced.attempts} reproduced`;
}

/** The calls of a finding as a table, what was allowed at the breaking one, and how to run them again. */
export function counterexample(finding: Finding, options: CounterexampleOptions): string {
  const colors = createColors(options.color);
  const columns = Math.max(40, options.width);
  const { shrink } = finding;

  const mark = MARKS[options.standing];
  const paint = options.standing === 'fail' ? colors.red : colors.yellow;
  const head = `${finding.id}  ${mark}  ${finding.level}  ${visible(finding.requirement)}`;
  const often = `${sayReproduced(finding)}, ${counted(finding.sightings, 'sighting')}`;
  const room = columns - width(head) - width(often);
  const painted = head.replace(mark, paint(colors.bold(mark)));
  const heading = room >= 2 ? [painted + ' '.repeat(room) + often] : [painted, `  ${often}`];

  const numbers = String(finding.steps.length).length + 4;
  const operation = Math.max(0, ...finding.steps.map((step) => step.operation.length));
  const callColumns = { operation, says: columnOf(finding, columns - numbers - operation - 4), all: columns };
  const breaking = breakingCall(finding);
  const calls = finding.steps.flatMap((step, index) => {
    const lines = callLines(step, String(index + 1).padStart(numbers), callColumns);
    if (index !== breaking) return lines;
    const indent = ' '.repeat(numbers + 2);
    const allowed = wrap(`allowed: ${visible(finding.allowed)}`, columns, indent, `${indent}         `);
    return [...lines.map((line) => paint(line)), ...allowed.map((line) => colors.green(line))];
  });

  const { lanes } = finding;
  const contradiction = lanes === undefined ? [] : wrap(visible(lanes.says), columns, '    ', '    ');
  const picture =
    lanes === undefined ? [] : [...lanesText(lanes, columns), ...contradiction.map((line) => paint(line))];
  const made =
    shrink.fromSteps > shrink.toSteps
      ? `shrunk from ${shrink.fromSteps} to ${counted(shrink.toSteps, 'call')} in ${counted(shrink.requests, 'request')}`
      : `${counted(shrink.toSteps, 'call')}, not shrunk further`;
  const race =
    finding.race === true ? ['race condition: the recorded answers prove it, even if a replay does not hit it'] : [];
  const story = [made, ...race, ...finding.doesNotMatter.map((sentence) => visible(sentence))].join('; ');
  const alsoBreaks = finding.alsoBreaks.map((id) => visible(id)).join(', ');
  const file = `${options.reportDir}/findings/${finding.id}`;
  // The embedded endpoint ended with its run: replay starts another one.
  const where = options.target.embedded ? '' : ` --endpoint-url ${shellArgument(options.target.endpointUrl)}`;
  const replay = `npx cognito-sync-conformance replay ${shellArgument(`${file}.json`)}${where}`;
  return [
    ...heading,
    ...wrap(visible([sayDoes(finding), saySupport(finding)].join(' ').trim(), LONGEST_SENTENCE), columns, '  '),
    ...wrap(visible(finding.title), columns, '  required  ', '            '),
    ...wrap(visible(finding.source), columns, '  source    ', '            '),
    ...calls,
    ...picture,
    ...wrap(story, columns, '  '),
    ...(alsoBreaks === '' ? [] : wrap(`because of it, checks of these fail too: ${alsoBreaks}`, columns, '  ', '    ')),
    // Commands are not wrapped: they are there to be copied.
    `  replay  ${visible(replay)}`,
    `  curl    ${visible(shellArgument(`${file}.curl.sh`))}`,
  ].join('\n');
}
