import type { Rules } from '../state/rules.ts';
import type { Hypothesis } from './hypothesis.ts';

/** One question that the model asked its rules, with the answer it got. */
export interface RuleCall {
  readonly rule: keyof Rules;
  readonly input: readonly unknown[];
  readonly output: unknown;
}

type AnyRule = (...input: readonly unknown[]) => unknown;

/** The same rules, which note in `calls` what they are asked. */
export function tracedRules(rules: Rules, calls: RuleCall[]): Rules {
  const traced = Object.entries(rules).map(([name, rule]: [string, AnyRule]) => [
    name,
    (...input: readonly unknown[]): unknown => {
      const output = rule(...input);
      calls.push({ rule: name as keyof Rules, input, output });
      return output;
    },
  ]);
  return Object.fromEntries(traced) as Rules;
}

/**
 * Whether the hypothesis answers one of these calls otherwise. If not, a play in which the model asked nothing else is judged the
 * same under it, and need not be judged again.
 */
export function answersOtherwise(hypothesis: Hypothesis, rules: Rules, calls: readonly RuleCall[]): boolean {
  const changed = hypothesis.override(rules);
  return calls.some(({ rule, input, output }) => {
    const other = changed[rule] as AnyRule | undefined;
    return other !== undefined && !isSame(other(...input), output);
  });
}

/** Rules give back what they were given where they change nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  const empty = (value: unknown): boolean => value instanceof Map && value.size === 0;
  return empty(one) && empty(other);
}
