import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RunEvent } from '../../engine/interface/events.ts';
import { visible } from '../writing/visible.ts';

/** An `events.ndjson` being written. */
export interface EventLog {
  /** Resolves when there is room for the next event: await it, and memory stays bounded. Rejects when the disk fails. */
  write(event: RunEvent): Promise<void>;
  /** Resolves when everything is on its way to the disk. Without a `run-finished` before it, the log is incomplete. */
  close(): Promise<void>;
}

/** No event of ours comes near this; a longer line is another kind of file. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Starts the log at `path`, replacing an older one. Its first event must be `run-started`, its last `run-finished`. */
export function createEventLog(path: string): EventLog {
  const stream = createWriteStream(path);
  const done = finished(stream);
  // Whoever writes or closes next gets the error; until then it is nobody's unhandled rejection.
  done.catch(() => undefined);
  let last: RunEvent['kind'] | undefined;
  return {
    async write(event) {
      if ((last === undefined) !== (event.kind === 'run-started') || last === 'run-finished') {
        throw new Error(`${event.kind} cannot follow ${last ?? 'nothing'} in an event log`);
      }
      last = event.kind;
      if (stream.errored) throw stream.errored;
      if (!stream.write(`${JSON.stringify(event)}\n`)) await once(stream, 'drain');
    },
    async close() {
      stream.end();
      await done;
    },
  };
}

/** The lines of a file, each with whether its line end was there. Only `\n` ends a line: JSON leaves U+2028 as it is. */
async function* lines(path: string): AsyncIterable<{ readonly text: string; readonly ended: boolean }> {
  let pieces: string[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    pieces.push(first);
    length += first.length;
    for (const next of others) {
      yield { text: pieces.join(''), ended: true };
      pieces = [next];
      length = next.length;
    }
    if (length > LONGEST_LINE) throw new Error(`${path}: a line of more than ${LONGEST_LINE} characters`);
  }
  if (length > 0) yield { text: pieces.join(''), ended: false };
}

/** Only its kind is looked at: what is in an event of ours is the concern of who wrote it. */
function isEvent(value: unknown): value is RunEvent {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

function parse(text: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The events of a log, in order. A last line that was cut off is left out, as a killed run leaves one; anything else
 * that is not an event, and a log without its header, throws an Error naming file and line.
 */
export async function* readEvents(path: string): AsyncIterable<RunEvent> {
  let number = 0;
  for await (const { text, ended } of lines(path)) {
    number += 1;
    const event = parse(text);
    if (event === undefined && !ended && number > 1) return;
    if (event === undefined) throw new Error(`${path}:${number}: not an event of a run: ${visible(text, 60)}`);
    if ((number === 1) !== (event.kind === 'run-started')) {
      const problem = number === 1 ? 'the log does not begin with run-started' : 'a second run begins in the same log';
      throw new Error(`${path}:${number}: ${problem}`);
    }
    if (event.kind === 'run-started' && event.schemaVersion !== 1) {
      throw new Error(`${path}:${number}: schemaVersion ${String(event.schemaVersion)} is not one this version reads`);
    }
    yield event;
  }
  if (number === 0) throw new Error(`${path}: empty, so not the event log of a run`);
}
