import { readAnswer } from '../../specs/types/answer.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import { httpCall } from '../exchange/call.ts';
import type { Isolation } from './isolation.ts';
import type { Send } from '../exchange/channel.ts';
import { identityKey } from './dataset-quota.ts';

/** The place with one device named in every update. */
export function withDevice(isolation: Isolation, device: string): Isolation {
  return { ...isolation, device: () => device };
}

/** The place with a device of its own registered for each identity before it is first used (P-13). */
export function withDevices(isolation: Isolation, runId: string): Isolation {
  const registered = new Map<string, Promise<string | null>>();
  const known = new Map<string, string>();
  return {
    ...isolation,
    device: (dataset) => known.get(identityKey(dataset)),
    async enter(visit) {
      for (const dataset of visit.own) {
        const key = identityKey(dataset);
        const pending = registered.get(key) ?? registerDevice(dataset, runId, visit.send);
        registered.set(key, pending);
        const device = await pending;
        if (device !== null) known.set(key, device);
      }
      return (await isolation.enter?.(visit)) ?? (() => {});
    },
  };
}

/** The id of a device that was made for the identity; null when the target gives none. */
export async function registerDevice(
  { pool, identity }: Pick<DatasetName, 'pool' | 'identity'>,
  runId: string,
  send: Send,
): Promise<string | null> {
  const input = { IdentityPoolId: pool, IdentityId: identity, Platform: 'GCM', Token: `csc-${runId}` };
  const answer = readAnswer(await send(httpCall('RegisterDevice', input)));
  const id = answer.kind === 'success' ? answer.output['DeviceId'] : undefined;
  return typeof id === 'string' ? id : null;
}
