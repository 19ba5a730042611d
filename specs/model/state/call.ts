import type { Input, Operation } from '../../types/wire.ts';

/** One call as the model sees it. A walk over pages is one call. */

export interface Call {
  readonly operation: Operation;
  readonly input: Input;
}
