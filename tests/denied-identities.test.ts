import { expect, test } from 'vitest';
import { examine } from '../cli/doctor/examine.ts';
import { sayDiagnosis } from '../cli/doctor/say.ts';
import type { Reply, Target } from '../specs/types/wire.ts';
import type { EndpointOptions } from '../targets/reference/core/options.ts';
import {
  contextFor,
  embeddedTarget,
  type Outcome,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  stoppedClock,
} from './fixtures/embedded-run.ts';

/** The embedded endpoint, which knows only pools that it made, and denies others as IAM does (W-25). */
function denying(clock: ReturnType<typeof stoppedClock>, options: Partial<EndpointOptions> = {}): Target {
  const inner = embeddedTarget(clock, { knownPools: [], knownIdentities: [], ...options });
  const asIam = (text: string): string => text.replaceAll('NotAuthorizedException', 'AccessDeniedException');
  const denied = (reply: Reply): Reply =>
    reply.kind === 'failure'
      ? reply
      : {
          ...reply,
          body: asIam(reply.body),
          headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, asIam(value)])),
        };
  return { ...inner, send: async (request) => denied(await inner.send(request)) };
}

function judged(options: Partial<EndpointOptions>): Promise<Outcome> {
  const clock = stoppedClock();
  return runToEnd(shortCatalogue, smokeOptions(), contextFor(denying(clock, options), clock));
}

test('a target that denies made-up pools is judged on those it makes', async () => {
  const { finished, findings } = await judged({ identityApi: true });
  expect(finished).toMatchObject({ stopped: 'complete', error: null });
  expect(findings).toEqual([]);
});

test('one that makes none is not judged, and the sentence leaves open what was denied', async () => {
  const { finished } = await judged({});
  expect(finished.error).toMatch(
    /403 AccessDeniedException.* these credentials or made-up identities.*CreateIdentityPool answered/,
  );
  expect(finished.hint).toEqual({ code: 'other-credentials', identities: 'made-up' });
});

test.each([
  [{ identityApi: true }, /Cognito Identity +answers[^]*A run is possible/],
  [{}, /these credentials or made-up identities.*--identity-pool-id and --identity-id/],
] as const)('doctor says the same of %j', async (options, sentence) => {
  const clock = stoppedClock();
  const target = denying(clock, options);
  const { info, runId, now } = contextFor(target, clock);
  const variants = { unsigned: target, signed: null, forged: null, close: target.close };
  expect(sayDiagnosis(await examine({}, variants, { info, runId, now }))).toMatch(sentence);
});
