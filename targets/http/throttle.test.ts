import { expect, test } from 'vitest';
import { isThrottled, retryDelay } from './throttle.ts';

const response = (status: number, headers: Record<string, string> = {}, body = '') =>
  ({ kind: 'response', status, headers, body, ms: 0 }) as const;

test.each([
  [response(429), true],
  [response(429, { 'x-amzn-errortype': 'TooManyRequestsException:http://x' }), true],
  [response(429, {}, '{"__type":"com.amazonaws#ThrottlingException"}'), true],
  [response(429, {}, '{"__type":"LambdaThrottledException"}'), false],
  [response(429, { 'x-amzn-errortype': 'ResourceConflictException' }), false],
  [response(503, {}, '{"message":"Please reduce your request rate. SlowDown"}'), true],
  [response(503, {}, 'Bad gateway'), false],
  [response(500, { 'retry-after': '1' }), false],
  [response(400, { 'x-amzn-errortype': 'ThrottlingException' }), true],
  [response(400, {}, '{"__type":"RequestLimitExceeded"}'), true],
  [response(400, { 'x-amzn-errortype': 'TooManyRequestsException' }), false],
  [response(400, { 'x-amzn-errortype': 'LimitExceededException' }), false],
])('%j', (answer, throttled) => {
  expect(isThrottled(answer)).toBe(throttled);
});

test('the wait doubles, honours Retry-After in both forms, and is capped', () => {
  const now = Date.parse('2024-01-01T00:00:00Z');
  expect([0, 1, 2, 30].map((attempt) => retryDelay(response(429), attempt, now))).toEqual([100, 200, 400, 20_000]);
  const after = (value: string) => retryDelay(response(429, { 'retry-after': value }), 0, now);
  expect(after('7')).toBe(7000);
  expect(after('Mon, 01 Jan 2024 00:00:05 GMT')).toBe(5000);
  expect(after('Sun, 31 Dec 2023 00:00:00 GMT')).toBe(100);
  expect(after('soon')).toBe(100);
});
