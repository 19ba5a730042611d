import type { RequirementResult } from '../../../engine/interface/events.ts';
import type { Level } from '../../../specs/types/contract-types.ts';
import { failsAt } from '../../summary/verdict.ts';

/** How a result is shown: by a shape and a word, and only then by colour. */
export type Tone = 'pass' | 'fail' | 'warning' | 'thin' | 'out';

export interface Mark {
  readonly tone: Tone;
  readonly glyph: string;
  readonly label: string;
}

const MARKS: { readonly [status in RequirementResult['status']]: Mark } = {
  pass: { tone: 'pass', glyph: '✓', label: 'pass' },
  fail: { tone: 'fail', glyph: '✕', label: 'fail' },
  'expected-fail': { tone: 'warning', glyph: '⚑', label: 'fails as expected' },
  'unexpected-pass': { tone: 'fail', glyph: '⚑', label: 'passes, but listed as failing' },
  flaky: { tone: 'warning', glyph: '≈', label: 'flaky' },
  'not-exercised': { tone: 'thin', glyph: '○', label: 'not exercised' },
  unsupported: { tone: 'out', glyph: '–', label: 'unsupported' },
  skipped: { tone: 'out', glyph: '·', label: 'skipped' },
  indeterminate: { tone: 'thin', glyph: '?', label: 'inconclusive' },
  'harness-error': { tone: 'fail', glyph: '!', label: 'internal error' },
};

/** The mark of a result. A failure below the level that fails the run is a warning. */
export function markOf(result: Pick<RequirementResult, 'status' | 'level'>, failOn: Level): Mark {
  if (result.status === 'fail' && !failsAt(result.level, failOn)) {
    return { tone: 'warning', glyph: '▲', label: 'warning' };
  }
  return MARKS[result.status];
}
