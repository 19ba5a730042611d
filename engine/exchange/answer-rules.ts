import type { Answer } from '../../specs/types/answer.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import type { Exchange } from './call.ts';
import { blamePaging, pagingDeviations } from './paging-rules.ts';
import { saysNothing } from './shape-rules.ts';

/** What is wrong with an answer: as a walk over pages, by what was foreseen, and by the API model. */
export function deviationsOf(
  { operation, input, answer }: { readonly operation: Operation; readonly input: Input; readonly answer: Answer },
  walk: readonly Exchange[],
  foreseen: readonly Deviation[],
  shape: readonly Deviation[],
  own: (name: unknown) => boolean,
): readonly Deviation[] {
  if (saysNothing(operation, answer)) return shape;
  return [
    ...pagingDeviations(operation, input, walk, own),
    ...blamePaging(operation, input, walk, foreseen).filter(
      (one) => !shape.some((other) => other.pointer === one.pointer),
    ),
    ...shape,
  ];
}
