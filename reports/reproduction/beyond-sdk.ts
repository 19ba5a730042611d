import type { FindingStep } from '../../engine/interface/events.ts';
import { nestsDeeply } from './nests-deeply.ts';

/** The comment in place of a call that no SDK makes, though its members are right; undefined where one makes it. */
export function beyondSdk({ request }: FindingStep): string | undefined {
  if (request.signature !== undefined)
    return '// The SDK signs as it should, so it cannot make this call: see the curl script.';
  if (request.chunked === true) return '// The SDK sends no chunks, so it cannot make this call: see the curl script.';
  if (nestsDeeply(request.body ?? '')) return '// Too deep to be written here: see the curl script.';
  return undefined;
}
