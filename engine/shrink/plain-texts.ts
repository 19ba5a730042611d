import { replaced } from './list-edits.ts';

/** Simpler texts, in a fixed order: the plainest first, then shorter, then with plain characters. */
export function* simplerText(text: string, plain: readonly string[]): Generator<string> {
  const rank = plain.indexOf(text);
  yield* rank === -1 ? plain : plain.slice(0, rank);
  if (rank !== -1) return;
  const characters = [...text];
  for (let cut = Math.floor(characters.length / 2); cut >= 1; cut = Math.floor(cut / 2)) {
    yield characters.slice(0, characters.length - cut).join('');
    yield characters.slice(cut).join('');
  }
  for (const [index, character] of characters.length > mostCharacters ? [] : characters.entries()) {
    if (characters.length > 1 && !/[a-z]/.test(character)) yield replaced(characters, index, 'x').join('');
    const like = standFor(character);
    if (like !== undefined && like !== character) yield replaced(characters, index, like).join('');
  }
}

/** A text with more characters is not looked at one by one. */
const mostCharacters = 64;

/** The best known character of its kind. */
function standFor(character: string): string | undefined {
  if (/\s/.test(character)) return ' ';
  if (/\d/.test(character)) return '0';
  if (/[A-Z]/.test(character)) return 'A';
  return undefined;
}

/** Two texts with little but what tells them apart, the simplest first. */
export function plainerPairs(one: string, other: string): readonly (readonly [string, string])[] {
  return [...pairs(one, other)].filter((pair) => pair[0] !== one || pair[1] !== other);
}

function* pairs(one: string, other: string): Generator<readonly [string, string]> {
  if (one.toLowerCase() === other.toLowerCase()) yield one < other ? ['A', 'a'] : ['a', 'A'];
  const [mine, yours] = [[...one], [...other]];
  const shorter = Math.min(mine.length, yours.length);
  let head = 0;
  while (head < shorter && mine[head] === yours[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && mine.at(-1 - tail) === yours.at(-1 - tail)) tail += 1;
  const apart = (characters: readonly string[]): string => characters.slice(head, characters.length - tail).join('');
  // Neither may be empty.
  const common = mine.length - tail === head || yours.length - tail === head ? 'a' : '';
  yield [common + apart(mine), common + apart(yours)];
  const [first, second] = [mine[head] ?? '', yours[head] ?? ''];
  yield [common + first, common + second];
}

/** The simplest keys, the simplest first. */
export const plainKeys: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz'];

/** The simplest values, the simplest first. */
export const plainValues: readonly string[] = ['x', 'y'];
