import { contract } from '../../specs/contract.ts';
import { citedFacts, facts } from '../../specs/load/facts.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import type { Choice, Level, Requirement } from '../../specs/types/contract-types.ts';
import { wrap } from '../../reports/writing/layout.ts';
import { mutants } from '../../targets/mutants/catalogue.ts';
import type { Action } from '../settings/command.ts';
import { suggest } from '../common/suggest.ts';
import { colors } from '../settings/terminal.ts';
import { UsageError } from '../common/usage-error.ts';

const levels: Readonly<Record<Level, string>> = {
  documented: 'The API reference says so. Breaking it fails a run.',
  'relied-on':
    "AWS's own clients, or the tests AWS ran against the service, break without it. Breaking it fails a run.",
  observed: 'Seen on the real service, nothing more. Breaking it is a warning, unless --fail-on observed.',
  convention:
    'What the tests of the protocol ask, unverified on this service. Breaking it is a warning, unless --fail-on convention.',
};

type Section = readonly [heading: string, lines: readonly string[]];

/** `explain <id>`: one requirement or choice as a page. */
export const explain: Action = ({ words: [id = ''], settings, terminal }) => {
  const requirement = allRequirements.find((candidate) => candidate.id === id);
  const choice = contract.choices.find((candidate) => candidate.id === id);
  const subject = requirement ?? choice;
  if (subject === undefined) {
    const known = [...allRequirements, ...contract.choices].map((candidate) => candidate.id);
    throw new UsageError(
      `there is no requirement or choice ${JSON.stringify(id)}.${suggest(id, known)} See \`cognito-sync-conformance list\`.`,
    );
  }
  if (settings.output === 'json') {
    const killed = mutants.filter((mutant) => mutant.requirement === id).map((mutant) => mutant.id);
    terminal.out(`${JSON.stringify(choice ?? { ...requirement, mutants: killed }, null, 2)}\n`);
    return Promise.resolve(0);
  }
  const { bold } = colors(terminal, settings.color);
  const sections =
    requirement !== undefined ? ofRequirement(requirement) : choice !== undefined ? ofChoice(choice) : [];
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) =>
      [bold(heading), ...lines.flatMap((line) => indented(line, terminal.columns))].join('\n'),
    );
  terminal.out(`${text.join('\n\n')}\n`);
  return Promise.resolve(0);
};

/** A line of a page in as many lines as the terminal needs; what was laid out in columns goes on under its last one. */
function indented(line: string, columns: number): readonly string[] {
  const column = /^\S+ {2,}/.exec(line)?.[0].length ?? (/^\s+/.exec(line)?.[0].length ?? 0) + 2;
  // A measure that is still good to read, however wide the terminal.
  return wrap(
    line.trim(),
    Math.max(40, Math.min(columns, 100)),
    `    ${/^\s*/.exec(line)?.[0] ?? ''}`,
    ' '.repeat(4 + column),
  );
}

/** Those of the others that rest on a fact that is also cited here. */
function related<T extends { readonly id: string; readonly sources: readonly string[] }>(
  sources: readonly string[],
  others: readonly T[],
): readonly T[] {
  const cited = new Set(sources.flatMap(citedFacts));
  return others.filter((other) => other.sources.flatMap(citedFacts).some((fact) => cited.has(fact)));
}

function ofRequirement({ id, title, level, deep, detail, example, sources }: Requirement): Section[] {
  return [
    [id, [title]],
    ['Level', [`${level}. ${levels[level]}`]],
    ['When', deep === true ? ['Only by --preset deep, or when --requirements names it.'] : []],
    ['Detail', detail?.trim().split('\n') ?? []],
    ['Example', example?.trim().split('\n') ?? []],
    ['Where it is written', sources],
    ['What is known', knownFrom(sources)],
    [
      'Faults of the embedded endpoint that it catches',
      mutants.filter(({ requirement }) => requirement === id).map((mutant) => `${mutant.id}: ${mutant.title}`),
    ],
    [
      'Choices on the same facts',
      related(sources, contract.choices).map((choice) => `${choice.id}: ${choice.question}`),
    ],
  ];
}

/** The facts that the sources cite, each with its evidence and its own source. */
function knownFrom(sources: readonly string[]): readonly string[] {
  return [...new Set(sources.flatMap(citedFacts))].flatMap((id) => {
    const fact = facts().get(id);
    return fact === undefined ? [] : [`${id} (${fact.evidence}) ${fact.says} [${fact.where}]`];
  });
}

function ofChoice({ id, question, options, aws, held, heldBy, sources }: Choice): Section[] {
  const width = Math.max(...Object.keys(options).map((option) => option.length));
  return [
    [id, [question]],
    ['What a server may do', Object.entries(options).map(([option, meaning]) => `${option.padEnd(width)}  ${meaning}`)],
    [
      'What AWS does',
      [aws === null ? 'Not known.' : `${aws}. With --match-aws another option fails a run; else it is a warning.`],
    ],
    ['What is known', knownFrom(sources)],
    [
      'How it is judged',
      [
        held
          ? `The run asks the server first which option it takes, then holds it to that option (${heldBy ?? `consistency/${id}`}).`
          : 'The run reports the option and holds nothing against the server.',
      ],
    ],
    [
      'Requirements on the same facts',
      related(sources, allRequirements).map((requirement) => `${requirement.id}: ${requirement.title}`),
    ],
  ];
}
