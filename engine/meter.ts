import type { Operation, Reply, Target } from '../specs/wire.ts';
import type { HttpCall } from './exchange.ts';
import type { RunEvent } from './events.ts';
import { mostCalls, sayGone, waits } from './gone.ts';
import type { Channel } from './perform.ts';
import type { RunContext } from './options.ts';

/** Counts what goes to the target. */
export interface Meter {
  readonly send: (call: HttpCall) => ReturnType<Target['send']>;
  requests: number;
  /** Why nothing reaches the target any more, a sentence; null while it is there. */
  gone: string | null;
  readonly latencies: () => readonly RunEvent[];
}

/** Upper bounds in milliseconds; doubling keeps the histogram small and useful from loopback to a far target. */
const bounds: readonly number[] = [
  0.5,
  1,
  2,
  4,
  8,
  16,
  32,
  64,
  128,
  256,
  512,
  1024,
  2048,
  4096,
  8192,
  Number.MAX_SAFE_INTEGER,
];

export function createMeter(context: RunContext, seed: number): Meter {
  /** The calls that were cut off since the last answer. */
  let cutOff: HttpCall[] = [];
  const histograms = new Map<Operation, number[]>();
  const note = (operation: Operation, ms: number): void => {
    let histogram = histograms.get(operation);
    if (histogram === undefined) {
      histogram = bounds.map(() => 0);
      histograms.set(operation, histogram);
    }
    const bucket = bounds.findIndex((bound) => ms <= bound);
    histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  };
  const meter: Meter = {
    requests: 0,
    gone: null,
    async send(call) {
      meter.requests += 1;
      let reply = await context.target.send(call.request, context.signal);
      // Nothing was sent, so nothing can have come of it: it may be sent again.
      for (const ms of waits) {
        if (!isUnreachable(reply) || meter.gone !== null || context.signal?.aborted === true) break;
        await context.sleep(ms);
        reply = await context.target.send(call.request, context.signal);
      }
      if (reply.kind === 'response') cutOff = [];
      else if (reply.reason === 'closed') cutOff = [...cutOff, call].slice(-mostCalls);
      else if (reply.reason === 'unreachable' && context.signal?.aborted !== true)
        meter.gone ??= sayGone(context, meter.requests, reply.detail, cutOff, seed);
      note(call.operation, reply.ms);
      return reply;
    },
    latencies: () =>
      [...histograms].map(([operation, counts]) => ({
        kind: 'latency',
        at: context.now(),
        operation,
        buckets: counts.map((count, index) => [bounds[index] ?? 0, count] as const),
      })),
  };
  return meter;
}

function isUnreachable(reply: Reply): boolean {
  return reply.kind === 'failure' && reply.reason === 'unreachable';
}

/** The way of a play to the target. `going`: asked before every call. */
export function channelOf(meter: Meter, context: RunContext, pauseMs: () => number, going: () => boolean): Channel {
  return { send: meter.send, now: context.now, pause: () => context.sleep(pauseMs()), going };
}
