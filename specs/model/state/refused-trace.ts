import type { RefusedTrace } from './world.ts';

/** Who demands that a refused update left nothing behind. */
export function refusedDemand(trace: RefusedTrace): string {
  switch (trace.because) {
    case 'token':
      return 'session-token/refusal-changes-nothing';
    case 'conflict':
    case 'choice':
      return 'conflict/refused-changes-nothing';
    default:
      return trace.because.demand;
  }
}
