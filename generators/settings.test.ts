import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckStep } from '../specs/types/check-step.ts';
import type { Step } from '../specs/types/sequence.ts';
import { settings } from './settings.ts';

const isCheck = (step: Step): step is CheckStep => step.do === 'check';

/** The checks that are played when the settings at `refused` come to nothing, as the facts decide. */
function played(steps: readonly CheckStep[], refused: ReadonlySet<number>): readonly CheckStep[] {
  const facts = new Set<string>();
  return steps.filter((step, index) => {
    const holds = (step.needs ?? []).every((fact) => facts.has(fact.replace('!', '')) !== fact.startsWith('!'));
    if (!holds) return false;
    if (refused.has(index)) return true;
    for (const fact of step.gives ?? []) {
      if (fact.startsWith('!')) facts.delete(fact.slice(1));
      else facts.add(fact);
    }
    return true;
  });
}

/** What a setting sets of a member, or a reading wants of it. */
function member(step: CheckStep, name: string): unknown {
  return step.operation.startsWith('Get') ? step.expect.output?.[name] : step.input?.[name];
}

/** Readings that want something else of a member than what was last set. */
function wrongReadings(checks: readonly CheckStep[], name: string): readonly CheckStep[] {
  const nothing = name === 'Events' ? {} : null;
  let last: unknown = nothing;
  return checks.filter((step) => {
    const shown = member(step, name);
    if (shown === undefined) return false;
    if (step.operation.startsWith('Get')) return JSON.stringify(shown) !== JSON.stringify(last);
    last = /empty-(clears|removes)$/.test(step.expect.requirement) ? nothing : shown;
    return false;
  });
}

describe.each(['configuration', 'events'] as const)('random sequences of %s', (group) => {
  const names = group === 'events' ? ['Events'] : ['PushSync', 'CognitoStreams'];

  test('read what was last set, also when some of the steps are left out', () => {
    const any = fc.tuple(settings(group), fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }));
    fc.assert(
      fc.property(any, ([{ steps }, kept]) => {
        const left = steps.filter(isCheck).filter((_, index) => kept[index] !== false);
        expect(names.flatMap((name) => wrongReadings(played(left, new Set()), name))).toEqual([]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('read settings that were accepted only', () => {
    fc.assert(
      fc.property(settings(group), ({ steps }) => {
        const checks = steps.filter(isCheck);
        const sets = new Set(checks.flatMap((step, index) => (step.operation.startsWith('Set') ? [index] : [])));
        const reads = played(checks, sets).filter((step) => step.operation.startsWith('Get'));
        expect(reads.filter((step) => !step.expect.requirement.endsWith('/never-set'))).toEqual([]);
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});
