import { describe, expect, test } from 'vitest';
import type { Plan } from '../engine/interface/plan.ts';
import type { HttpRequest, HttpResponse, Reply, Target } from '../specs/types/wire.ts';
import { catalogue } from '../suites/catalogue.ts';
import {
  contextFor,
  embeddedTarget,
  type Outcome,
  runToEnd,
  smokeOptions,
  stoppedClock,
} from './fixtures/embedded-run.ts';

/** Conflicts, refused tokens, refused values and unreadable requests. */
const plan: Plan = {
  ...catalogue,
  suites: catalogue.suites.filter(({ id }) => ['conflict', 'session-token', 'validation', 'wire'].includes(id)),
};

type Spelling = (reply: HttpResponse, request: HttpRequest) => Reply;

/** A run against the endpoint with its answers in another spelling. */
function judged(spelling: Spelling): Promise<Outcome> {
  const clock = stoppedClock();
  const plain = embeddedTarget(clock);
  const target: Target = {
    ...plain,
    async send(request) {
      const reply = await plain.send(request);
      return reply.kind === 'response' ? spelling(reply, request) : reply;
    },
  };
  const requirements = ['conflict/status-and-type', 'conflict/message', 'wire/error-is-declared', 'wire/chunked-body'];
  return runToEnd(plan, smokeOptions({ runs: 110, requirements }), contextFor(target, clock));
}

/** An error written by its type and message; what is no error stays as it is. */
const errors =
  (write: (type: string, message: string) => { readonly header?: string; readonly body: object }): Spelling =>
  (reply) => {
    if (reply.status < 400) return reply;
    const { 'x-amzn-errortype': raw = '', ...headers } = reply.headers;
    const { message } = JSON.parse(reply.body) as { message: string };
    const { header, body } = write(raw.replace(':', ''), message);
    return {
      ...reply,
      headers: header === undefined ? headers : { ...headers, 'x-amzn-errortype': header },
      body: JSON.stringify(body),
    };
  };

const uri = 'http://internal.amazon.com/coral/com.amazonaws.cognito.sync.model/';

describe('an error is read in every spelling that the clients of AWS read', () => {
  test.each<[string, Spelling]>([
    ['the header without a colon', errors((header, message) => ({ header, body: { message } }))],
    ['the header with a colon and a URI', errors((type, message) => ({ header: `${type}:${uri}`, body: { message } }))],
    ['__type', errors((type, message) => ({ body: { __type: type, message } }))],
    [
      '__type with a namespace, and Message',
      errors((type, Message) => ({ body: { __type: `com.amazonaws.cognito.sync.model#${type}`, Message } })),
    ],
    ['__type with a URI', errors((type, message) => ({ body: { __type: `${type}:${uri}`, message } }))],
    ['code', errors((code, message) => ({ body: { code, message } }))],
    ['the header and __type', errors((header, message) => ({ header, body: { __type: header, message } }))],
  ])('%s', async (_, spelling) => {
    const { findings, finished } = await judged(spelling);
    expect(findings).toEqual([]);
    expect(finished.requirements.filter(({ status }) => status === 'pass')).toHaveLength(4);
  });
});

/** What a server answers to a body in chunks in place of reading it. */
const toChunks =
  (status: number): Spelling =>
  (reply, { chunked }) =>
    chunked === true ? { ...reply, status, headers: {}, body: '' } : reply;

test('a server may ask for the length of a body with status 411', async () => {
  const { findings, finished } = await judged(toChunks(411));
  expect(findings).toEqual([]);
  expect(finished.requirements.find(({ id }) => id === 'wire/chunked-body')).toMatchObject({ status: 'pass' });
});

test.each([400, 500, 501])('it may not answer a body in chunks with %i', async (status) => {
  const { findings } = await judged(toChunks(status));
  expect(findings.map(({ requirement, level }) => [requirement, level])).toEqual([['wire/chunked-body', 'convention']]);
});
