import { contract } from '../../specs/contract.ts';
import { suggest } from '../common/suggest.ts';
import { UsageError } from '../common/usage-error.ts';

/** `['recreate-at-zero=accepted']` as a record; throws a UsageError for a choice or an option that does not exist. */
export function readChoiceFlags(flags: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(flags.map(readOne));
}

function readOne(flag: string): readonly [string, string] {
  const [id = '', option] = flag.split('=', 2);
  const choice = contract.choices.find((candidate) => candidate.id === id);
  if (choice === undefined) {
    const hint = suggest(
      id,
      contract.choices.map((candidate) => candidate.id),
    );
    throw new UsageError(`--choice: there is no choice ${JSON.stringify(id)}.${hint}`);
  }
  const options = Object.keys(choice.options);
  if (option === undefined || !options.includes(option)) {
    const given = option === undefined ? 'needs an option' : `has no option ${JSON.stringify(option)}`;
    throw new UsageError(`--choice: ${id} ${given}; its options are ${options.join(', ')}.`);
  }
  return [id, option];
}
