import type { RunEvent } from '../engine/interface/events.ts';
import { run } from '../engine/run/run.ts';
import { createSummary, type Summary } from '../reports/summary/summary.ts';
import { catalogue } from '../suites/catalogue.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { checkedOptions, type ServerOptions } from './server-options.ts';

/** A run: its events one by one, or, awaited, its summary. */
export interface Judging extends AsyncIterable<RunEvent>, PromiseLike<Summary> {}

/**
 * Judges a server. The run begins when its events are read or it is awaited; both may be done, in this order. A loop that is
 * left early ends the run. Events and summary hold no secrets.
 * @throws TypeError at once, with a sentence, for an option that the caller must change.
 */
export function judgeServer(options: ServerOptions): Judging {
  const runOptions = checkedOptions(options);
  const server = openServer(options);
  const fold = createSummary();
  const policy = { failOn: options.failOn ?? 'relied-on', matchAws: false, exerciseRequired: true };
  const events = readOnce(server, () => run(catalogue, runOptions, server.context), fold.event);
  let summary: Promise<Summary> | undefined;
  const end = async (): Promise<Summary> => {
    await events.ended();
    return fold.result(policy);
  };
  return {
    [Symbol.asyncIterator]: events.read,
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting a run is what it is for
    then: (onFulfilled, onRejected) => (summary ??= end()).then(onFulfilled, onRejected),
  };
}

interface Events {
  readonly read: () => AsyncIterator<RunEvent>;
  /** Resolves when all events have been read, by whoever reads them; reads them where nobody does. */
  readonly ended: () => Promise<void>;
}

/** The events of a run, without secrets, each noted as it is read. */
function readOnce(server: OpenServer, start: () => AsyncIterable<RunEvent>, note: (event: RunEvent) => void): Events {
  let reading: PromiseWithResolvers | undefined;
  const read = async function* (): AsyncGenerator<RunEvent> {
    if (reading !== undefined) throw new Error('The events of a run can be read only once.');
    reading = withResolvers();
    try {
      for await (const whole of start()) {
        const event = server.withoutSecrets(whole);
        note(event);
        yield event;
      }
    } catch (error) {
      reading.reject(error);
      throw error;
    } finally {
      await server.close();
      reading.resolve();
    }
  };
  return {
    read,
    async ended() {
      if (reading !== undefined) return reading.promise;
      for await (const _ of { [Symbol.asyncIterator]: read });
      return undefined;
    },
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = (): void => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // A loop over the events gets the error itself; nobody need await the run as well.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
