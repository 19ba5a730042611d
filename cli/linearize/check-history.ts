import { contradiction } from '../../engine/linearize/core.ts';
import { linearize } from '../../engine/linearize/linearize.ts';
import type { Budget, Call, SequentialModel } from '../../engine/linearize/model.ts';
import { keyValueModel } from './key-value-model.ts';
import type { TextHistory } from './read-history.ts';
import { registerModel } from './register-model.ts';

export interface Checked {
  readonly verdict: 'linearizable' | 'not-linearizable' | 'unknown';
  /** Why there is no verdict. */
  readonly cause?: 'steps' | 'time' | 'memory';
  readonly calls: number;
  readonly configurations: number;
  /** Of the verdict alone. */
  readonly milliseconds: number;
  /** Answered calls that contradict each other, whatever became of the others. */
  readonly core?: number;
}

export function checkHistory(history: TextHistory, budget: Budget, now: () => number): Checked {
  return history.kind === 'key-value'
    ? checkCalls(keyValueModel(history.calls), history.calls, budget, now)
    : checkCalls(registerModel, history.calls, budget, now);
}

function checkCalls<S, I, O>(
  model: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
  budget: Budget,
  now: () => number,
): Checked {
  const started = now();
  const result = linearize(model, calls, budget);
  const milliseconds = Math.round((now() - started) * 1000) / 1000;
  const { verdict, configurations } = result;
  const common = { calls: calls.length, configurations, milliseconds };
  if (verdict === 'unknown') return { verdict, cause: result.cause, ...common };
  if (verdict === 'linearizable') return { verdict, ...common };
  return { verdict, ...common, core: contradiction(model, calls).length };
}
