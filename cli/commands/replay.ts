import type { Problem } from '../../engine/interface/hint.ts';
import { openReplays } from '../../engine/run/replay.ts';
import type { Replayed } from '../../engine/run/replay.ts';
import { readFinding } from '../../reports/log/finding-files.ts';
import type { FindingFile } from '../../reports/log/finding-files.ts';
import { catalogue } from '../../suites/catalogue.ts';
import { runOptions } from '../settings/run-options.ts';
import { visible } from '../../reports/writing/visible.ts';
import type { Action } from '../settings/command.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { reportFolder } from '../run/report-folder.ts';
import { colors } from '../settings/terminal.ts';
import type { Colors } from '../../reports/writing/colors.ts';
import { withHint } from '../common/say-hint.ts';
import { UsageError } from '../common/usage-error.ts';
import { withTarget } from '../target/with-target.ts';

interface Replay extends Replayed {
  readonly file: string;
  readonly id: string;
  readonly key: string;
}

/** How often each counterexample is run, on fresh data. */
const attempts = 5;

/** `replay`: saved counterexamples against a server, by default the one they were found at. */
export const replay: Action = async ({ words, settings, terminal }) => {
  const findings = await Promise.all(words.map(readOne));
  const [first] = findings;
  const recorded = first === undefined || first.target.embedded ? undefined : first.target.endpointUrl;
  const endpointUrl = settings.endpointUrl ?? recorded;
  const region = settings.region ?? first?.target.region;
  const chosen = {
    ...settings,
    ...(endpointUrl !== undefined && { endpointUrl }),
    ...(region !== undefined && { region }),
  };

  const folder = reportFolder(settings.reportDir);
  return withTarget({ settings: chosen, terminal, folder }, async (context) => {
    terminal.err(`target  ${visible(context.info.endpointUrl)}\n`);
    const replays = await openReplays(catalogue, runOptions(chosen), context);
    try {
      const results: Replay[] = [];
      for (const [index, { finding }] of findings.entries()) {
        const replayed = worded(await replays.replay(finding, attempts), replays.problem);
        if (context.signal.aborted) return exitCodes.interrupted;
        const result = { ...replayed, file: words[index] ?? '', id: finding.id, key: finding.key };
        results.push(result);
        if (settings.output !== 'json') terminal.out(line(result, colors(terminal, settings.color)));
      }
      if (settings.output === 'json') {
        terminal.out(`${JSON.stringify({ target: context.info, results }, null, 2)}\n`);
      }
      return exitCode(results);
    } finally {
      await replays.close();
    }
  });
};

/** Where nothing can be judged at the target, the reason with what to do about it. */
function worded(replayed: Replayed, problem: Problem | null): Replayed {
  return problem === null ? replayed : { ...replayed, text: withHint(problem.text, problem.hint) };
}

async function readOne(file: string): Promise<FindingFile> {
  try {
    return await readFinding(file);
  } catch (error) {
    throw new UsageError(`replay: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function line({ id, verdict, text, moved }: Replay, { bold, green, red, yellow }: Colors): string {
  const paint = { FIXED: green, FAILED: red, CHANGED: yellow, ERROR: yellow }[verdict];
  const step =
    moved === undefined ? '' : `\n  call ${moved.step} answered ${visible(moved.was)}, now ${visible(moved.is)}`;
  return `${bold(id)}  ${paint(verdict)}  ${visible(text)}${step}\n`;
}

/** A counterexample that could not be run says nothing; one that moved still fails. */
function exitCode(results: readonly Replay[]): number {
  if (results.some(({ verdict }) => verdict === 'ERROR')) return exitCodes.notJudged;
  return results.every(({ verdict }) => verdict === 'FIXED') ? exitCodes.ok : exitCodes.failed;
}
