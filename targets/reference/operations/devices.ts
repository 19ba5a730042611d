import { randomUUID } from 'node:crypto';
import type { Input } from '../../../specs/types/wire.ts';
import type { Output, Service } from '../core/behaviour.ts';
import { type Refusal, isRefusal, refuse } from '../core/refusal.ts';
import { datasetPath, identityOf, poolOf } from '../rules/storage.ts';
import type { DeviceState } from '../core/world.ts';

/** RegisterDevice (P-13). The same push token gets the same device again. */
export function registerDevice(service: Service, input: Input): Output | Refusal {
  const { poolId, identityId } = datasetPath(input);
  const unconfigured = pushProblem(service, poolId);
  if (unconfigured !== undefined) return unconfigured;
  const { devices } = identityOf(service, poolId, identityId);
  const platform = String(input['Platform']);
  const token = String(input['Token']);
  for (const device of devices.values()) {
    if (device.platform === platform && device.token === token) return { DeviceId: device.id };
  }
  const id = randomUUID();
  devices.set(id, { id, platform, token, subscriptions: new Set() });
  return { DeviceId: id };
}

/** SubscribeToDataset (P-14): device and dataset must exist (P-25). */
export function subscribeToDataset(service: Service, input: Input): Output | Refusal {
  const found = findDevice(service, input);
  if (isRefusal(found)) return found;
  found.device.subscriptions.add(found.datasetKey);
  return {};
}

/** UnsubscribeFromDataset (P-15). */
export function unsubscribeFromDataset(service: Service, input: Input): Output | Refusal {
  const found = findDevice(service, input);
  if (isRefusal(found)) return found;
  found.device.subscriptions.delete(found.datasetKey);
  return {};
}

function pushProblem(service: Service, poolId: string): Refusal | undefined {
  if (!service.options.requirePush || poolOf(service, poolId).pushSync !== null) return undefined;
  return refuse('InvalidConfigurationException', 'Push synchronization is not configured for this identity pool');
}

function findDevice(service: Service, input: Input): { device: DeviceState; datasetKey: string } | Refusal {
  const { behaviour } = service;
  const path = datasetPath(input);
  const unconfigured = pushProblem(service, path.poolId);
  if (unconfigured !== undefined) return unconfigured;
  const device = identityOf(service, path.poolId, path.identityId).devices.get(String(input['DeviceId']));
  if (device === undefined) return refuse('ResourceNotFoundException', `No such Device: ${String(input['DeviceId'])}`);
  if (!behaviour.describable(behaviour.findDataset(service, path))) {
    return refuse('ResourceNotFoundException', `No such Dataset: ${path.name}`);
  }
  return { device, datasetKey: behaviour.datasetKey(path.name) };
}
