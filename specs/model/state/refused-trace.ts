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
export interface RefusedTrace {
  readonly kind: 'refused';
  readonly patches: readonly { readonly key: string; readonly value: string | null }[];
  /** A written-out check names who demands that nothing changed. */
  readonly because: 'conflict' | 'token' | 'choice' | { readonly demand: string };
}
