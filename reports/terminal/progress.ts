import type { RunEvent } from '../../engine/interface/events.ts';
import { counted, duration, fit, grouped } from '../writing/layout.ts';

/** How far a run has come: a fold over its events, made to be asked often. */
export interface Progress {
  /** `now` in ms on the clock that `lines` is asked with. */
  event(event: RunEvent, now: number): void;
  /** One or two lines, each cut to so many columns; none before the run has started. */
  lines(now: number, columns: number): readonly string[];
}

export function createProgress(): Progress {
  let startedAt: number | undefined;
  let phase = 'start';
  let planned = 0;
  let sequences = 0;
  let requests = 0;
  let findings = 0;
  let selected: ReadonlySet<string> = new Set();
  const reached = new Set<string>();
  const failures = new Set<string>();

  return {
    event(event, now) {
      switch (event.kind) {
        case 'run-started':
          startedAt = now;
          planned = event.plannedSequences;
          selected = new Set(event.requirements.map((requirement) => requirement.id));
          break;
        case 'phase':
          phase = event.phase;
          break;
        case 'sequence-finished':
          sequences += 1;
          requests += event.requests;
          for (const [id, times] of Object.entries(event.exercised)) if (times > 0 && selected.has(id)) reached.add(id);
          break;
        case 'sighting':
          failures.add(event.key);
          break;
        case 'finding':
          findings += 1;
          break;
        case 'choice-learned':
        case 'unsupported':
        case 'note':
        case 'replayed':
        case 'latency':
        case 'run-finished':
          break;
      }
    },

    lines(now, columns) {
      if (startedAt === undefined) return [];
      const elapsed = Math.max(0, now - startedAt);
      const rate = elapsed > 0 ? (requests * 1000) / elapsed : 0;
      // A run may go on past its plan, for what is still thin.
      const of = planned >= sequences ? ` of ${grouped(planned)}` : '';
      // Whole seconds, so that a region without news is redrawn once a second.
      const time = duration(Math.floor(elapsed / 1000) * 1000);
      return [
        `${phase}: ${grouped(sequences)}${of} sequences, ${counted(requests, 'request')}, ${grouped(rate)}/s, ${time}`,
        `${reached.size} of ${counted(selected.size, 'requirement')} reached, ` +
          `${counted(failures.size, 'kind')} of failure, ${counted(findings, 'finding')}`,
      ].map((line) => fit(line, columns));
    },
  };
}
