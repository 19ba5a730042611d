import type { Operation, Reply, Target } from '../../specs/types/wire.ts';
import type { HttpCall } from '../exchange/call.ts';
import type { RunEvent } from '../interface/events.ts';
import { mostCalls, sayGone, waits } from './unreachable.ts';
import type { Channel, Send } from '../exchange/channel.ts';
import type { Problem } from '../interface/hint.ts';
import type { RunContext, RunOptions } from '../interface/options.ts';
import { createPatience } from './timeouts.ts';

/** Counts what goes to the target. */
export interface Meter {
  readonly send: (call: HttpCall) => ReturnType<Target['send']>;
  /** Once, and also when the run is over. */
  readonly sendAnyway: (call: HttpCall) => ReturnType<Target['send']>;
  /** Makes sure that the target is there, if the last calls had no answer; else says why not in `gone`. */
  readonly check: () => Promise<void>;
  requests: number;
  /** Why nothing reaches the target any more, a sentence; null while it is there. */
  gone: Problem | null;
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

export function createMeter(
  context: RunContext,
  { seed, concurrency }: Pick<RunOptions, 'seed' | 'concurrency'>,
): Meter {
  const patience = createPatience();
  /** The calls that were cut off since the last answer. */
  let cutOff: HttpCall[] = [];
  let answers = 0;
  /** Calls without an answer since the last answer. */
  let silent = 0;
  /** A reading call that was answered. */
  let answered: HttpCall | null = null;
  let checking: Promise<void> | null = null;
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
  const stopped = (): boolean => meter.gone !== null || context.signal?.aborted === true;
  const deliver = async (call: HttpCall, signal?: AbortSignal): Promise<Reply> => {
    const reply = await context.target.send(call.request, signal, patience.limit(call.operation));
    patience.note(call.operation, reply);
    if (reply.kind === 'response') {
      cutOff = [];
      silent = 0;
      answers += 1;
      if (call.request.method === 'GET' && reply.status < 300) answered ??= call;
    } else if (reply.stale !== true && (reply.reason === 'closed' || reply.reason === 'timeout')) silent += 1;
    return reply;
  };
  const makeSure = async (): Promise<void> => {
    for (const ms of [0, ...waits]) {
      await context.sleep(ms);
      if (answered === null || silent === 0 || stopped()) return;
      const reply = await context.target.send(answered.request, context.signal, patience.longest());
      meter.requests += 1;
      if (reply.kind === 'response') silent = 0;
      else if (ms === waits.at(-1) && context.signal?.aborted !== true)
        meter.gone ??= sayGone(context, meter.requests, reply.detail, cutOff, seed);
    }
  };
  const meter: Meter = {
    requests: 0,
    gone: null,
    check() {
      checking ??= makeSure().finally(() => (checking = null));
      return checking;
    },
    sendAnyway(call) {
      meter.requests += 1;
      return deliver(call);
    },
    async send(call) {
      meter.requests += 1;
      let reply = await deliver(call, context.signal);
      const before = answers;
      // Nothing was sent, so nothing can have come of it: it may be sent again.
      for (const ms of waits) {
        if (!isUnreachable(reply) || stopped()) break;
        await context.sleep(ms);
        reply = await deliver(call, context.signal);
      }
      // It is there, but others take all its room.
      if (isUnreachable(reply) && answers > before) return reply;
      if (isCutOff(reply)) cutOff = [...cutOff, call].slice(-mostCalls);
      if (reply.kind === 'failure' && reply.reason === 'unreachable' && context.signal?.aborted !== true)
        meter.gone ??= sayGone(context, meter.requests, reply.detail, cutOff, seed);
      // More than can have been under way when it went: it may hang, or something before it may close what it gets.
      if (silent > mostCalls + 2 * concurrency) await meter.check();
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

/** Closed, and not because the connection was an old one. */
function isCutOff(reply: Reply): boolean {
  return reply.kind === 'failure' && reply.reason === 'closed' && reply.stale !== true;
}

function isUnreachable(reply: Reply): boolean {
  return reply.kind === 'failure' && reply.reason === 'unreachable';
}

/** The way of a play to the target. `going`: asked before every call. */
export function channelOf(send: Send, context: RunContext, pauseMs: () => number, going: () => boolean): Channel {
  return { send, now: context.now, pause: () => context.sleep(pauseMs()), going };
}
