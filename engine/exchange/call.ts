import { type Answer, readAnswer } from '../../specs/types/answer.ts';
import { bind } from '../../specs/bind.ts';
import type { HttpRequest, Input, Operation, Reply } from '../../specs/types/wire.ts';

/** A call as it goes out: one page where a listing has several. */
export interface HttpCall {
  readonly operation: Operation;
  readonly input: Input;
  readonly request: HttpRequest;
}

/** A call and what came back. */
export interface Exchange extends HttpCall {
  readonly reply: Reply;
  readonly answer: Answer;
  /** Epoch seconds when the call was made. */
  readonly at: number;
}

export function httpCall(operation: Operation, input: Input): HttpCall {
  return { operation, input, request: bind(operation, input) };
}

export function exchange(call: HttpCall, reply: Reply, at: number): Exchange {
  return { ...call, reply, answer: readAnswer(reply), at };
}
