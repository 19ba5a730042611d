import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../reference/server/endpoint.ts';
import type { EndpointOptions } from '../reference/core/options.ts';
import { startEndpoint } from '../reference/server/server.ts';
import { authorizationScripts } from '../../tests/kit/minima/authorization.ts';
import { choiceOptions } from '../reference/core/choices.ts';
import { mutants } from './catalogue.ts';
import { changeScripts } from '../../tests/kit/minima/changes.ts';
import { encodedPathScripts } from '../../tests/kit/minima/encoded-paths.ts';
import { freeOptionScripts } from '../../tests/kit/minima/free-options.ts';
import { type Script, play } from '../../tests/kit/minima/script-player.ts';
import { refusedScripts } from '../../tests/kit/minima/refused.ts';
import { raceScripts } from '../../tests/kit/minima/races.ts';
import { scripts as ruleScripts } from '../../tests/kit/minima/scripts.ts';
import type { Mutant } from './base/mutant.ts';
import { startMutant } from './start.ts';
import { slipScripts } from '../../tests/kit/minima/slips.ts';
import { storeScripts } from '../../tests/kit/minima/storing.ts';
import { poolScripts } from '../../tests/kit/minima/pools.ts';
import { toldMemberScripts } from '../../tests/kit/minima/told-members.ts';
import { surfaceScripts } from '../../tests/kit/minima/surface.ts';

const scripts = new Map([
  ...ruleScripts,
  ...storeScripts,
  ...surfaceScripts,
  ...poolScripts,
  ...changeScripts,
  ...authorizationScripts,
  ...raceScripts,
  ...slipScripts,
  ...freeOptionScripts,
  ...toldMemberScripts,
  ...encodedPathScripts,
  ...refusedScripts,
]);

/** The replies of a script, on a clock that moves `tick` milliseconds with every call. */
async function transcript(
  start: (options: Partial<EndpointOptions>) => Promise<Endpoint>,
  script: Script,
  tick: number,
): Promise<string[]> {
  let calls = 0;
  const endpoint = await start({ now: () => 1_700_000_000_500 + calls * tick });
  try {
    return await play(endpoint.url, script, () => {
      calls += 1;
    });
  } finally {
    await endpoint.close();
  }
}

describe('the catalogue', () => {
  test('names every mutant once, by its group', () => {
    const ids = mutants.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(mutants.filter(({ requirement, group }) => !requirement.startsWith(`${group}/`))).toEqual([]);
  });

  test('a mutant is started by its id; an unknown one is refused', async () => {
    const endpoint = await startMutant(['conflict-is-400', 'count-is-zero'], { choices: { 'list-count': 'total' } });
    await endpoint.close();
    await expect(startMutant('nonsense')).rejects.toThrow('There is no mutant "nonsense".');
  });

  test('every option by a rule of its own has a mutant that takes it and breaks it', () => {
    const free = Object.entries(choiceOptions).flatMap(([choice, options]) =>
      options.filter((option) => /^(?:later|other)$/.test(option)).map((option) => `${choice}: ${option}`),
    );
    const taken = new Set(
      mutants.flatMap(({ options }) => Object.entries(options?.choices ?? {}).map((one) => one.join(': '))),
    );
    // These are only reported: nothing is held against a server for them.
    const reported = /^(?:record-order|last-modified-by|identity-usage-delay):/;
    expect(free.filter((option) => !taken.has(option) && !reported.test(option))).toEqual([]);
  });

  test('every mutant has a script', () => {
    expect(mutants.filter(({ id, deep }) => deep !== true && !scripts.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe('a mutant shows within its minimum of calls, not before', () => {
  const scripted = mutants.filter(({ id }) => scripts.has(id));
  const firstShown = async (mutant: Mutant, tick: number): Promise<number> => {
    const script = scripts.get(mutant.id)!;
    const right = await transcript((options) => startEndpoint({ ...mutant.options, ...options }), script, tick);
    const wrong = await transcript((options) => startMutant(mutant, options), script, tick);
    return right.findIndex((reply, index) => reply !== wrong[index]) + 1;
  };
  const isRace = ({ group }: Mutant): boolean => group === 'concurrency';

  test.each(scripted.filter((one) => !isRace(one)))('$id', async (mutant) => {
    expect(await firstShown(mutant, 1000)).toBe(mutant.minimum);
  });

  // A race needs luck on a busy machine, and a clock that does not tell who was first.
  test.each(scripted.filter(isRace))('$id', { retry: 10 }, async (mutant) => {
    expect(await firstShown(mutant, 0)).toBe(mutant.minimum);
  });
});
