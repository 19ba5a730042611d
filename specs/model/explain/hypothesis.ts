import type { Rules } from '../state/rules.ts';

/** One thing that a server may do otherwise than the service: data and one override of the model's rules. */
export interface Hypothesis {
  readonly id: string;
  /** The requirement that a server breaks which does so; null: the one that is seen broken. */
  readonly requirement: string | null;
  /** What the server does, in the third person, to follow "The server": `checks only the first patch of a batch`. */
  readonly says: string;
  /** What it explains may have several causes: it lets the rest be judged, and joins nothing. */
  readonly joinsNothing?: true;
  readonly override: (rules: Rules) => Partial<Rules>;
}

/** The rules of a server with several faults at once: each overrides what the ones before have left. */
export function rulesWith(rules: Rules, hypotheses: readonly Hypothesis[]): Rules {
  return hypotheses.reduce((known, one) => ({ ...known, ...one.override(known) }), rules);
}
