import { Command, CommanderError, Option } from 'commander';
import type { CommandSpec } from './settings/command.ts';
import { commands } from './commands.ts';
import { flags, kebab } from './settings/flags.ts';
import { settle, variable, variablePrefix } from './settings/settle.ts';
import type { Settings } from './settings/settings.ts';
import { suggest } from './common/suggest.ts';
import type { Terminal } from './settings/terminal.ts';
import { UsageError } from './common/usage-error.ts';

const name = 'cognito-sync-conformance';

const examples = `
Examples:
  ${name}                                          judge the embedded endpoint
  ${name} --endpoint-url http://localhost:4566     judge a server
  ${name} --requirements conflict --seed 42        only one group, reproducibly
  ${name} replay cognito-sync-conformance-report/findings/F-0001.json

Flags without a command mean run: see "${name} run --help".
Every flag can also be an environment variable (--endpoint-url: ${variable('endpointUrl')})
or a line of the YAML file that --config names (endpoint-url: …). A flag beats the variable, which beats the file.
Exit codes: 0 conforms, 1 violates, 2 stale known failures, 3 inconclusive, 4 unreachable, 5 flaky, 64 usage,
70 internal error, 130 interrupted.`;

/** Runs the command line and gives the exit code; throws a UsageError for what the caller must change. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  specs: readonly CommandSpec[] = commands,
): Promise<number> {
  refuseUnknownVariables(terminal.env);
  let exitCode = 0;
  const program = new Command(name)
    // Before the subcommands are made, which inherit it.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(terminal.columns, 120),
    })
    .description('Judges whether a server speaks the Amazon Cognito Sync API (2014-06-30) as the service does.')
    .option('--version', 'print the version')
    .helpCommand(false)
    .addHelpText('after', examples);
  for (const spec of specs) {
    program.addCommand(
      commandFor(spec, program).action(async (...received: unknown[]) => {
        const command = received.at(-1) as Command;
        const settings = settle(spec.flags, givenFlags(spec, command), terminal.env);
        const action = await spec.load();
        exitCode = await action({ words: command.args, settings, terminal });
      }),
      { isDefault: spec.name === 'run' },
    );
  }

  refuseUnknownCommand(args);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new UsageError(sentence(error.message));
  }
  return exitCode;
}

function commandFor(spec: CommandSpec, program: Command): Command {
  const command = program.createCommand(spec.name).copyInheritedSettings(program).summary(spec.summary);
  command.description(`${spec.summary[0]?.toUpperCase()}${spec.summary.slice(1)}.`).allowExcessArguments(false);
  if (spec.words !== undefined) command.arguments(spec.words);
  for (const flag of spec.flags) {
    const { value, help, group, hidden } = flags[flag];
    const option = new Option(`--${kebab(flag)}${value === undefined ? '' : ` <${value}>`}`, help).helpGroup(
      `${group}:`,
    );
    command.addOption(hidden === true ? option.hideHelp() : option);
  }
  return command;
}

/** What was really typed, as text: commander turns `--no-x` into a false `x`. */
function givenFlags(spec: CommandSpec, command: Command): Map<keyof Settings, readonly string[]> {
  const given = new Map<keyof Settings, readonly string[]>();
  for (const flag of spec.flags) {
    const option = command.options.find(({ long }) => long === `--${kebab(flag)}`);
    const attribute = option?.attributeName() ?? flag;
    if (command.getOptionValueSource(attribute) !== 'cli') continue;
    const value: unknown = command.getOptionValue(attribute);
    // `--x DIR` and `--no-x` share it: which of the two was typed shows in the value.
    if (option?.negate !== (value === false)) continue;
    given.set(flag, typeof value === 'boolean' ? ['true'] : [value].flat().map(String));
  }
  return given;
}

function refuseUnknownCommand([first]: readonly string[]): void {
  const names = commands.map((command) => command.name);
  if (first === undefined || first.startsWith('-') || names.includes(first)) return;
  const hint = /^https?:/.test(first) ? ` Did you mean --endpoint-url ${first}?` : suggest(first, names);
  throw new UsageError(`unknown command ${JSON.stringify(first)}.${hint} See \`${name} --help\`.`);
}

/** A misspelt variable would otherwise be ignored in silence. */
function refuseUnknownVariables(env: NodeJS.ProcessEnv): void {
  const known = new Set((Object.keys(flags) as (keyof Settings)[]).map(variable));
  for (const given of Object.keys(env)) {
    if (given.startsWith(variablePrefix) && !known.has(given)) {
      throw new UsageError(`unknown environment variable ${given}.${suggest(given, known)}`);
    }
  }
}

/** `error: unknown option '--sed'\n(Did you mean --seed?)` → one line. */
function sentence(message: string): string {
  const [problem, hint] = message.replace(/^error: /, '').split('\n');
  return `${problem?.replace(/\.$/, '')}.${hint === undefined ? '' : ` ${hint.replace(/[()]/g, '')}`} See \`${name} --help\`.`;
}
