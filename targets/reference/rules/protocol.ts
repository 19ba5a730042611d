import type { Part } from '../core/behaviour.ts';
import { statusOf } from '../core/refusal.ts';
import { findRoute } from '../core/routes.ts';
import { misfit } from '../core/shapes.ts';

export const protocol: Part<
  | 'attend'
  | 'decodeSegment'
  | 'errorAnswer'
  | 'intercept'
  | 'misfit'
  | 'parseBody'
  | 'readBytes'
  | 'route'
  | 'takesType'
> = {
  route: findRoute,
  misfit,
  readBytes: (request) => request.body,
  parseBody: (text) => JSON.parse(text) as unknown,

  // Both content types of AWS's clients (W-03).
  takesType: (type) => type === undefined || type === 'application/json' || type === 'application/x-amz-json-1.1',

  // A raw colon and an encoded one mean the same (W-07, W-08).
  decodeSegment: (segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment),

  errorAnswer: ({ refused, message }) => ({ status: statusOf(refused), errorType: refused, body: { message } }),

  attend: (service, _operation, _input, perform) => perform(service.behaviour),

  intercept: (_service, _operation, _input, answer) => answer,
};
