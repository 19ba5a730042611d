import type { Answer } from '../specs/answer.ts';
import { statusOf } from '../specs/model/judge.ts';
import type { Prediction } from '../specs/model/prediction.ts';
import type { Sequence } from '../specs/sequence.ts';
import type { Exchange } from './exchange.ts';
import { play, type Played, type PlayOptions } from './play.ts';

/** Plays a sequence against the model's own sample answers: what a conforming target would answer, without a request. */
export function rehearse(sequence: Sequence, options: Omit<PlayOptions, 'onPlayed' | 'rehearsal'>): readonly Played[] {
  const played: Played[] = [];
  const onPlayed = (one: Played): boolean => played.push(one) > 0;
  const course = play(sequence, { ...options, rehearsal: true, onPlayed });
  let next = course.next();
  let at = 1_700_000_000;
  while (next.done !== true) {
    const request = next.value;
    at += 1;
    next = course.next(request.kind === 'pause' ? undefined : sample(request.call, request.prediction, at));
  }
  return played;
}

function sample(call: Omit<Exchange, 'reply' | 'answer' | 'at'>, prediction: Prediction, at: number): Exchange {
  const reply = { kind: 'response', status: 200, headers: {}, body: '', ms: 0 } as const;
  return { ...call, reply, answer: sampleAnswer(prediction, at), at };
}

function sampleAnswer(prediction: Prediction, at: number): Answer {
  const allowance = prediction.allowed[0];
  if (allowance?.kind === 'success') return { kind: 'success', status: 200, output: allowance.sample(at) };
  const type = allowance?.types[0] ?? 'InvalidParameterException';
  const message = allowance?.kind === 'refusal' ? (allowance.message?.(null)[0]?.expected ?? null) : null;
  return { kind: 'failure', status: statusOf(type), type, message };
}
