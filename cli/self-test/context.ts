import type { RunContext } from '../../engine/interface/options.ts';
import { signer } from '../../targets/http/sign.ts';
import { mutants } from '../../targets/mutants/catalogue.ts';
import { mutantTarget } from '../../targets/mutants/mutant-target.ts';
import type { EndpointOptions } from '../../targets/reference/core/options.ts';
import { verifyingOptions } from '../../targets/reference/server/verifying.ts';
import { toolVersion } from '../common/version.ts';

const region = 'us-east-1';

/** What makes the endpoint without a fault verify signatures. */
const verifying = verifyingOptions(region);

/**
 * A run without waiting: the clock moves with requests and pauses only, so that the same seed gives the same run. Requests are signed
 * where that can matter: to a mutant that verifies signatures, and to the endpoint without a fault, which then does.
 */
export function contextFor(faults: readonly string[]): RunContext {
  let clock = Date.UTC(2026, 0, 1);
  const now = (): number => clock;
  const own: Partial<EndpointOptions> = Object.assign(
    {},
    ...mutants.filter(({ id }) => faults.includes(id)).map(({ options }) => options ?? {}),
  );
  const given = faults.length === 0 ? verifying : own;
  const target = mutantTarget(faults, { ...given, now });
  const keys = given.credentials;
  const sign = keys && signer({ region, credentials: () => Promise.resolve(keys), host: '127.0.0.1', now });
  return {
    target: {
      signs: sign !== undefined,
      async send(request) {
        clock += 2;
        return target.send(sign === undefined ? request : await sign(request));
      },
      close: () => target.close(),
    },
    info: { endpointUrl: 'http://127.0.0.1', region, embedded: true },
    toolVersion: toolVersion(),
    runId: '5e1f7e57',
    now,
    sleep(ms) {
      clock += ms;
      return Promise.resolve();
    },
    ledger: { planned: () => Promise.resolve(), deleted: () => Promise.resolve() },
  };
}
