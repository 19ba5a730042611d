import { nearest } from '../../specs/nearest.ts';

/** ` Did you mean X?` for the known word that begins so, or is most like what was typed; empty when none is near. */
export function suggest(typed: string, known: Iterable<string>): string {
  const words = [...known];
  const begun = typed.length >= 3 ? words.find((word) => word.startsWith(typed)) : undefined;
  const word = begun ?? nearest(typed, words);
  return word === undefined ? '' : ` Did you mean ${word}?`;
}
