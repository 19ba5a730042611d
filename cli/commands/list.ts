import { contract } from '../../specs/contract.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import type { Action } from '../settings/command.ts';
import { select } from '../common/patterns.ts';
import { colors } from '../settings/terminal.ts';

/** `list [pattern]`: requirements and choices, one line each. */
export const list: Action = ({ words: [pattern], settings, terminal }) => {
  const ids = [...allRequirements, ...contract.choices].map(({ id }) => id);
  const selected = new Set(pattern === undefined ? ids : select(pattern, ids, 'list'));
  const requirements = allRequirements.filter(({ id }) => selected.has(id));
  const choices = contract.choices.filter(({ id }) => selected.has(id));

  if (settings.output === 'json') {
    terminal.out(`${JSON.stringify({ requirements, choices }, null, 2)}\n`);
    return Promise.resolve(0);
  }

  const { bold, dim } = colors(terminal, settings.color);
  const idWidth = Math.max(...[...requirements, ...choices].map(({ id }) => id.length));
  const lines = requirements.map(({ id, level, title }) => `${id.padEnd(idWidth)}  ${dim(level.padEnd(10))}  ${title}`);
  if (choices.length > 0) {
    const aws = choices.map((choice) => choice.aws ?? 'unknown');
    const awsWidth = Math.max(10, ...aws.map((option) => option.length));
    if (lines.length > 0) lines.push('');
    lines.push(bold('Choices (what the documentation leaves open; the second column is what AWS is known to do)'));
    for (const [index, { id, question }] of choices.entries()) {
      lines.push(`${id.padEnd(idWidth)}  ${dim((aws[index] ?? '').padEnd(awsWidth))}  ${question}`);
    }
  }
  terminal.out(`${lines.join('\n')}\n`);
  return Promise.resolve(0);
};
