import type { Answer } from '../../specs/types/answer.ts';
import { statusOf } from '../../specs/model/blame/deviations.ts';
import type { Prediction } from '../../specs/model/state/prediction.ts';
import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import type { Exchange } from '../exchange/call.ts';
import { play } from '../play/play.ts';
import type { Course, PlayOptions, Played } from '../play/played.ts';
import { playRace } from '../races/play-race.ts';

/** Plays a sequence against the model's own sample answers: what a conforming target would answer, without a request. */
export function rehearse(sequence: Sequence, options: Omit<PlayOptions, 'onPlayed' | 'rehearsal'>): readonly Played[] {
  const played: Played[] = [];
  const onPlayed = (one: Played): boolean => played.push(one) > 0;
  const all = { ...options, rehearsal: true, onPlayed };
  let at = 1_700_000_000;
  const follow = (courses: readonly Course[]): void => {
    let open = courses.map((course) => ({ course, next: course.next() }));
    for (; open.length > 0; open = open.filter(({ next }) => next.done !== true)) {
      for (const one of open) {
        if (one.next.done === true) continue;
        const request = one.next.value;
        at += 1;
        if (request.kind === 'together') follow(request.lanes);
        one.next = one.course.next(request.kind === 'call' ? sample(request.call, request.prediction, at) : undefined);
      }
    }
  };
  follow([isRace(sequence) ? playRace(sequence, all) : play(sequence, all)]);
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
