import picocolors from 'picocolors';
import type { Settings } from './settings.ts';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** The world of a command: where text goes and what the caller's environment holds. */
export interface Terminal {
  /** The result. */
  out(text: string): void;
  /** Progress and messages. */
  err(text: string): void;
  readonly env: NodeJS.ProcessEnv;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** Colours for stdout: `--color` decides, else NO_COLOR and FORCE_COLOR, else whether a person is likely to read. */
export function colors(
  terminal: Terminal,
  color: Settings['color'] = 'auto',
  isTerminal: boolean = terminal.outIsTerminal,
): Colors {
  if (color !== 'auto') return picocolors.createColors(color === 'on');
  const { NO_COLOR, FORCE_COLOR, TERM } = terminal.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return picocolors.createColors(false);
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return picocolors.createColors(true);
  return picocolors.createColors(isTerminal && TERM !== 'dumb');
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  // A reader that has enough (`list | head`) is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    outIsTerminal: process.stdout.isTTY,
    errIsTerminal: process.stderr.isTTY,
    columns: process.stdout.columns ?? process.stderr.columns ?? 100,
  };
}
