import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command's module exports. */
export interface Action {
  /** Does the command and gives the exit code. Throws a UsageError for what the caller must change. */
  (input: {
    readonly words: readonly string[];
    readonly settings: Settings;
    readonly terminal: Terminal;
  }): Promise<number>;
}

/** What the command line must know of a command before it is loaded. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Arguments in commander's notation: `<finding...>`, `[pattern]`. */
  readonly words?: string;
  readonly flags: readonly (keyof Settings)[];
  readonly load: () => Promise<Action>;
}
