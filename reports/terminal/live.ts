import type { RunEvent } from '../../engine/interface/events.ts';
import { createProgress } from './progress.ts';

/** Where progress goes: stderr, or in tests anything that takes text. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface LiveOptions {
  /** False for `--quiet` and `--no-progress`: nothing is written. */
  readonly progress: boolean;
}

export interface Live {
  event(event: RunEvent): void;
  /** Ends the progress and clears what it left on the screen. May be called more than once. */
  stop(): void;
}

/** A redraw at most every so many ms on a terminal, a line at most every so many in a log. */
const REDRAW_MS = 100;
const LINE_MS = 5000;

/**
 * Shows how a run goes: on a terminal one region of two lines, redrawn in place; elsewhere a line per phase and one
 * every five seconds. The cursor is never hidden, so that nothing has to be put right when the program is killed.
 */
export function createLive(stream: ProgressStream, options: LiveOptions): Live {
  if (!options.progress) return { event: () => undefined, stop: () => undefined };
  return stream.isTTY === true ? onTerminal(stream) : inLines(stream);
}

function onTerminal(stream: ProgressStream): Live {
  const progress = createProgress();
  let drawn = 0;
  let shown = '';
  let stopped = false;
  const clear = (): string => (drawn === 0 ? '' : `\x1b[${drawn}A\r\x1b[0J`);
  const draw = (): void => {
    // The last column stays free: some terminals wrap as soon as it is written.
    const lines = progress.lines(Date.now(), Math.max(20, stream.columns ?? 80) - 1);
    const text = lines.join('\n');
    if (text === shown || lines.length === 0) return;
    stream.write(`${clear()}${text}\n`);
    shown = text;
    drawn = lines.length;
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    event(event) {
      progress.event(event, Date.now());
    },
    stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      if (drawn > 0) stream.write(clear());
    },
  };
}

function inLines(stream: ProgressStream): Live {
  const progress = createProgress();
  let last = Number.NEGATIVE_INFINITY;
  let stopped = false;
  return {
    event(event) {
      if (stopped) return;
      const now = Date.now();
      progress.event(event, now);
      if (event.kind !== 'phase' && (event.kind === 'run-started' || now - last < LINE_MS)) return;
      const line = progress.lines(now, Number.POSITIVE_INFINITY).join(', ');
      if (line === '') return;
      last = now;
      stream.write(`${line}\n`);
    },
    stop() {
      stopped = true;
    },
  };
}
