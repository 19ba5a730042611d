import { contract } from '../../specs/contract.ts';
import { type Choice, LEVELS, type Requirement } from '../../specs/types/contract-types.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import { readMembers } from '../../specs/load/members.ts';
import { type Fate, type Page, type Sentence, readSentences } from '../../specs/load/sentences.ts';

const pageNames: Readonly<Record<Page, string>> = { api: 'API reference', cli: 'AWS CLI', dotnet: '.NET' };

/** The page docs/what-is-checked.md: every requirement, every choice, and what becomes of each published sentence. */
export function whatIsChecked(): string {
  const groups = [...new Set(allRequirements.map(({ group }) => group))];
  const { choices } = contract;
  const sentences = readSentences();
  const blocks = [
    '# What is checked',
    '<!-- Made by `npm run docs` from specs/requirements.yaml, specs/choices.yaml, specs/members.yaml and specs/sentences.yaml: do not edit. -->',
    `${allRequirements.length} requirements, ${choices.length} choices that a server may make, and where each sentence of the published pages of UpdateRecords went. \`npx cognito-sync-conformance explain <id>\` tells more of a requirement or a choice, and the facts (S-01, E-12, …) that its sources name.`,
    '## Requirements',
    `By level: ${LEVELS.map((level) => `${allRequirements.filter((one) => one.level === level).length} ${level}`).join(', ')}. [Reading a report](reading-a-report.md) says what the levels mean.`,
    ...groups.flatMap((group) => {
      const members = allRequirements.filter((one) => one.group === group);
      return [`### ${group} (${members.length})`, members.map(ofRequirement).join('\n')];
    }),
    '## Choices',
    'Where the documentation is silent or contradicts itself, a correct server may take any option. A run asks the server which one it takes, and holds it to that.',
    choices.map(ofChoice).join('\n'),
    '## The answers, member by member',
    'What judges each member of each answer. A member of a structure is named after the member that holds it.',
    [...readMembers()].map(ofMember).join('\n'),
    '## The pages of UpdateRecords, sentence by sentence',
    `What the API reference, the AWS CLI v2 reference and the reference of the AWS SDK for .NET v3 say, or pass over, of how a server behaves, in our own words. Of ${sentences.length} sentences ${tally(sentences, 'checked')} are checked, ${tally(sentences, 'choice')} are left to the server by a choice, and ${tally(sentences, 'not-checked')} are not checked.`,
    sentences.map(ofSentence).join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function ofRequirement({ id, title, level, sources, deep }: Requirement): string {
  const when = deep === true ? ', only by the preset deep' : '';
  return entry(id, title, [`${level}${when}: ${sources.join('; ')}`]);
}

function ofChoice({ id, question, options, aws, sources, held, heldBy }: Choice): string {
  const taken = aws === null ? 'What AWS does is not known' : `AWS takes \`${aws}\``;
  return entry(id, question, [
    ...Object.entries(options).map(([option, meaning]) => `\`${option}\`: ${meaning}`),
    `${taken} (${sources.join(', ')}).${held ? heldTo(heldBy) : ' Only reported, never held against the server.'}`,
  ]);
}

function heldTo(requirement: string | undefined): string {
  return requirement === undefined ? '' : ` \`${requirement}\` holds a server to it.`;
}

function ofMember([id, fate]: readonly [string, Fate]): string {
  return `- \`${id}\` ${plain(told(fate))}`;
}

function ofSentence({ id, pages, says, note, fate }: Sentence): string {
  const where = pages.length === Object.keys(pageNames).length ? 'All three pages' : pages.map(nameOf).join(', ');
  return entry(id, says, [`${where}. ${told(fate)}`, ...(note === undefined ? [] : [note])]);
}

function nameOf(page: Page): string {
  return pageNames[page];
}

function told(fate: Fate): string {
  switch (fate.kind) {
    case 'checked':
      return `Checked by ${fate.requirements.map((id) => `\`${id}\``).join(', ')}.`;
    case 'choice':
      return `Left to the server: choice \`${fate.choice}\`.`;
    case 'not-checked':
      return `Not checked: ${fate.reason}`;
  }
}

function tally(sentences: readonly Sentence[], kind: Fate['kind']): number {
  return sentences.filter(({ fate }) => fate.kind === kind).length;
}

/** An item of a list, laid out as prettier leaves it. */
function entry(id: string, sentence: string, notes: readonly string[]): string {
  return [`- **\`${id}\`** ${plain(sentence)}`, ...notes.map((note) => `  - ${plain(note)}`)].join('\n');
}

/** Text that Markdown reads as it stands: sources hold `<key>`, which it would take for a tag. */
function plain(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ');
}
