import { expect, test } from 'vitest';
import { contract } from '../specs/contract.ts';
import { choiceOptions } from '../targets/reference/core/choices.ts';
import { choiceIds, complaints } from './fixtures/choice-run.ts';

test('the embedded endpoint can take every option of every choice, and no other', () => {
  const listed = contract.choices.map(({ id, options }) => [id, Object.keys(options).toSorted()]);
  const able = choiceIds.map((id) => [id, [...choiceOptions[id]].toSorted()]);
  expect(Object.fromEntries(able)).toEqual(Object.fromEntries(listed));
});

const single = choiceIds.flatMap((id) => choiceOptions[id].map((option): readonly [string, string] => [id, option]));

test.each(single)(
  'a right server whose %s is %s has nothing said against it',
  { timeout: 20_000 },
  async (id, option) => {
    expect(await complaints({ [id]: option }, 1, 72)).toEqual([]);
  },
);
