#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { exitCodes } from '../common/exit-codes.ts';
import { UsageError } from '../common/usage-error.ts';
import { checkHistory, type Checked } from './check-history.ts';
import { readHistory, type TextHistory } from './read-history.ts';

/** Checks each file and says its verdict on a line of its own: 1 if any has no order, 3 if any has no verdict. */
export function main(args: readonly string[], out: (line: string) => void, complain: (line: string) => void): number {
  try {
    const { files, json } = argumentsOf(args);
    // All files are read before the first is judged: a usage error leaves no half result.
    const histories = files.map((file) => ({ file, history: readHistory(contentsOf(file), file) }));
    const verdicts = histories.map(({ file, history }) => say(file, history, json, out));
    if (verdicts.includes('not-linearizable')) return exitCodes.failed;
    return verdicts.includes('unknown') ? 3 : exitCodes.ok;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    return exitCodes.usage;
  }
}

function argumentsOf(args: readonly string[]): { readonly files: readonly string[]; readonly json: boolean } {
  const usage = 'usage: npm run linearize -- FILE… [--output text|json]';
  const parsed = ((): ReturnType<typeof parse> => {
    try {
      return parse(args);
    } catch (error) {
      throw new UsageError(`${(error as Error).message}\n${usage}`);
    }
  })();
  const { output } = parsed.values;
  if (output !== 'text' && output !== 'json')
    throw new UsageError(`--output is text or json, not ${JSON.stringify(output)}.\n${usage}`);
  if (parsed.positionals.length === 0) throw new UsageError(`Name at least one file.\n${usage}`);
  return { files: parsed.positionals, json: output === 'json' };
}

function parse(args: readonly string[]): {
  readonly values: { readonly output: string };
  readonly positionals: string[];
} {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { output: { type: 'string', default: 'text' } },
  });
}

function contentsOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function say(file: string, history: TextHistory, json: boolean, out: (line: string) => void): Checked['verdict'] {
  const checked = checkHistory(history, {}, () => performance.now());
  out(json ? JSON.stringify({ file, ...checked }) : `${file}: ${words(checked)}`);
  return checked.verdict;
}

function words({ verdict, cause, calls, configurations, milliseconds, core }: Checked): string {
  const because = cause === undefined ? '' : ` (out of ${cause})`;
  const contradicting = core === undefined ? '' : `, ${core} calls contradict each other`;
  return `${verdict}${because}, ${calls} calls, ${configurations} configurations, ${milliseconds} ms${contradicting}`;
}

if (process.argv[1] !== undefined && import.meta.url.endsWith('/cli/linearize/main.js'))
  process.exitCode = main(
    process.argv.slice(2),
    (line) => process.stdout.write(`${line}\n`),
    (line) => process.stderr.write(`${line}\n`),
  );
