import { visible } from '../reports/writing/visible.ts';
import { exitCodes } from './common/exit-codes.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './settings/terminal.ts';
import type { Terminal } from './settings/terminal.ts';
import { UsageError } from './common/usage-error.ts';

/** Runs the command line and turns whatever goes wrong into one line on stderr and an exit code. */
export async function start(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  try {
    return await runProgram(args, terminal);
  } catch (error) {
    const message = visible(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) {
      terminal.err(`error: ${message}\n`);
      return exitCodes.usage;
    }
    const debug = args.includes('--debug') && error instanceof Error && error.stack !== undefined;
    terminal.err(`internal error: ${message}${debug ? `\n${error.stack}` : ' (--debug shows where)'}\n`);
    return exitCodes.internal;
  }
}
