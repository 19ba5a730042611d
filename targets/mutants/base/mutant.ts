import type { Answer, Behaviour } from '../../reference/core/behaviour.ts';
import type { EndpointOptions } from '../../reference/core/options.ts';

/** One seeded fault: the embedded endpoint with a single mistake in it. */
export interface Mutant {
  readonly id: string;
  /** What this server does wrong, in one sentence. */
  readonly title: string;
  /** The requirement that must catch it. */
  readonly requirement: string;
  readonly group: string;
  /**
   * The fewest API calls that show it, the ListRecords that fetches a session token included. Where only a target that
   * takes a certain option of a choice shows it sooner, the calls that show it on every target.
   */
  readonly minimum: number;
  /** Shows only after thousands of calls. */
  readonly deep?: boolean;
  readonly options?: Partial<EndpointOptions>;
  /** Called once for each endpoint, so that a fault with memory starts afresh. */
  mutate(base: Behaviour): Behaviour;
}

type Decided = Parameters<Behaviour['intercept']>;

/** The same endpoint with its answers changed once they are decided on. */
export function withAnswers(base: Behaviour, change: (...decided: Decided) => Answer): Behaviour {
  return {
    ...base,
    intercept: (service, operation, input, answer) =>
      base.intercept(service, operation, input, change(service, operation, input, answer)),
  };
}
