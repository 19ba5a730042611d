import { type Answer, readAnswer } from '../../specs/types/answer.ts';
import { bind } from '../../specs/bind.ts';
import type { Input, Operation, Reply, SignatureFault } from '../../specs/types/wire.ts';
import { type Asked, complaint, isDenial, isRefusal, isStrange, speaks, unverifiedBy } from './first-answer.ts';
import { registerDevice, withDevice, withDevices } from './devices.ts';
import type { HttpCall } from '../exchange/call.ts';
import { makeIdentities } from './made-identities.ts';
import { denied, missing, nowhere } from './unsupported.ts';
import type { RunContext, RunOptions } from '../interface/options.ts';
import { freshIdentities, givenIdentities, type Isolation, withOwnIdentities } from './isolation.ts';
import { identityKey, withRoom } from './dataset-quota.ts';

/** Where a run can live on the target, or the sentence that says why nothing can be judged. */
export type SetUp =
  | {
      readonly ok: true;
      readonly isolation: Isolation;
      /** Of the operations on records and datasets; see `tryOthers` for the rest. */
      readonly unsupported: ReadonlyMap<Operation, string>;
      /** Why signatures cannot be put to the test, or null. */
      readonly unverified: string | null;
      /** How the target answers for a path that does not exist. */
      readonly elsewhere: Answer;
      readonly requests: number;
      /** Deletes what was made for the whole run. */
      readonly close: () => Promise<void>;
    }
  | { readonly ok: false; readonly error: string; readonly requests: number };

/** A place that was tried; `strict`: it may be that only identities which exist are served. */
type Settled = SetUp & { readonly strict: boolean };

/**
 * Finds where a run can live: on the identities it is given, else on made-up ones, else on those that the target's own
 * Cognito Identity API makes.
 */
export async function setUp(options: RunOptions, context: RunContext): Promise<SetUp> {
  const { identityPoolId: pool } = options;
  const identities = [...new Set(options.identityIds)];
  if (pool !== undefined && identities.length > 0)
    return settle(givenIdentities([{ pool, identities }], context.runId), true, options, context);
  const free = await settle(freshIdentities(context.info.region, context.runId), false, options, context);
  if (!free.strict || context.signal?.aborted === true) return free;
  const made = await makeIdentities(context);
  let requests = free.requests + made.requests;
  if (made.isolation !== null) {
    const settled = await settle(made.isolation, false, options, context);
    requests += settled.requests;
    if (settled.ok && !settled.strict) return { ...settled, requests, close: made.remove };
  }
  await made.remove();
  if (free.ok) return { ...free, requests };
  return {
    ...free,
    requests,
    error: `${free.error} (Its Cognito Identity API makes none: ${made.problem ?? 'what it makes is refused as well'}.)`,
  };
}

/** Asks a few harmless questions: is it there, does it speak the API, does it take these identities, what does it implement. */
async function settle(empty: Isolation, given: boolean, options: RunOptions, context: RunContext): Promise<Settled> {
  let isolation = options.deviceId === undefined ? empty : withDevice(empty, options.deviceId);
  const home = isolation.name({ pool: 0, identity: 0, name: 'set-up' }, 0xffff_ffff);
  const identity: Input = { IdentityPoolId: home.pool, IdentityId: home.identity };
  const dataset: Input = { ...identity, DatasetName: home.name };
  let requests = 0;
  let written = false;
  const ask = async (operation: Operation, input: Input, signature?: SignatureFault): Promise<Asked> => {
    requests += 1;
    written ||= operation === 'UpdateRecords';
    // What was written goes again, also when the run is interrupted meanwhile.
    const signal = operation === 'DeleteDataset' && written ? undefined : context.signal;
    const request = { ...bind(operation, input), ...(signature === undefined ? {} : { signature }) };
    const reply = await context.target.send(request, signal);
    return { operation, reply, answer: readAnswer(reply) };
  };
  const refuse = (error: string, strict = false): Settled => ({ ok: false, error, requests, strict });
  const first = await ask('ListRecords', dataset);
  const second = speaks(first) ? first : await ask('ListDatasets', identity);
  if (!speaks(second))
    return refuse(complaint(first, context.info.endpointUrl, given), !given && isStrange(first.answer));

  requests += 1;
  const elsewhere = readAnswer(await context.target.send(nowhere, context.signal));
  const unsupported = new Map<Operation, string>();
  let strict = false;
  const entry = { identityPoolId: home.pool, identityId: home.identity, datasetName: home.name };
  await context.ledger.planned([entry]);
  const update = (listing: Answer, device: Input): Input | null => {
    const token = listing.kind === 'success' ? listing.output['SyncSessionToken'] : undefined;
    const patch = { Op: 'replace', Key: 'a', Value: 'x', SyncCount: 0 };
    return typeof token === 'string'
      ? { ...dataset, ...device, SyncSessionToken: token, RecordPatches: [patch] }
      : null;
  };
  const device = isolation.device?.(home);
  const firstUpdate = update(first.answer, device === undefined ? {} : { DeviceId: device });
  if (firstUpdate !== null) {
    const asked = await ask('UpdateRecords', firstUpdate);
    const evidence = missing(asked, elsewhere);
    // What is refused comes to nothing.
    if (asked.answer.kind === 'failure') await context.ledger.deleted([entry]);
    if (evidence !== null) return refuse(`the target does not implement UpdateRecords: ${evidence}`);
    if (!given && isDenial(asked.answer)) return refuse(complaint(asked, context.info.endpointUrl, given), true);
    strict = !given && isStrange(asked.answer);
    const named = asked.answer.kind === 'failure' && /device ?id/i.test(asked.answer.message ?? '');
    // A device cannot be taken back: in a pool of somebody's only one that is asked for is registered.
    if (isRefusal(asked.answer) && device === undefined && (named || !given)) {
      const send = async (call: HttpCall): Promise<Reply> => (await ask(call.operation, call.input)).reply;
      const registered = await registerDevice(home, context.runId, send);
      const again =
        registered === null ? null : update((await ask('ListRecords', dataset)).answer, { DeviceId: registered });
      if (again !== null) await context.ledger.planned([entry]);
      const accepted = again !== null && (await ask('UpdateRecords', again)).answer.kind === 'success';
      if (accepted) isolation = withDevices(isolation, context.runId);
      if (accepted) strict = false;
      else if (named)
        return refuse(`UpdateRecords demands a DeviceId, and RegisterDevice gives none that it takes. ${nameDevice}`);
    } else if (named && device !== undefined)
      return refuse(`UpdateRecords refuses the device ${device}. ${nameDevice}`);
  }
  const other = isolation.name({ pool: 1, identity: 0, name: 'set-up' }, 0xffff_ffff);
  if (!isolation.shared && other.identity === home.identity) {
    const { answer } = await ask('ListRecords', { ...dataset, IdentityPoolId: other.pool });
    if (isStrange(answer)) isolation = withOwnIdentities(isolation);
  }
  const probes: readonly (readonly [Operation, Input])[] = [
    ['DescribeDataset', dataset],
    ['ListDatasets', identity],
    ['DeleteDataset', dataset],
  ];
  for (const [operation, input] of probes) {
    const asked = await ask(operation, input);
    const evidence = missing(asked, elsewhere) ?? denied(asked.answer);
    if (evidence !== null) unsupported.set(operation, evidence);
  }
  if (!unsupported.has('DeleteDataset')) await context.ledger.deleted([entry]);
  if (isolation.shared) {
    const taken = new Map<string, number>();
    for (let pool = 0; pool < isolation.pools; pool += 1) {
      for (let index = 0; index < isolation.identities; index += 1) {
        const known = isolation.name({ pool, identity: index, name: '' }, 0);
        const { answer } = await ask('ListDatasets', { IdentityPoolId: known.pool, IdentityId: known.identity });
        const listed = answer.kind === 'success' ? answer.output['Datasets'] : undefined;
        taken.set(identityKey(known), Array.isArray(listed) ? listed.length : 0);
      }
    }
    isolation = withRoom(isolation, taken);
  }
  let unverified: string | null = 'the run signs no request';
  if (context.target.signs === true)
    // Only where a signed call is accepted does a refusal say something of the signature.
    unverified = speaks(first)
      ? (unverifiedBy(await ask('ListRecords', dataset, 'none')) ??
        (await neverVerified((fault) => ask('ListRecords', dataset, fault))))
      : 'a signed ListRecords is refused as well';
  return {
    ok: true,
    isolation,
    unsupported,
    unverified,
    elsewhere,
    requests,
    strict,
    close: () => Promise.resolve(),
  };
}

/**
 * A server may ask for a signature only to route a call or to tell who it says it is from. One that lets any of these
 * through and refuses another does verify, and is held to all of them.
 */
async function neverVerified(ask: (fault: SignatureFault) => Promise<Asked>): Promise<string | null> {
  for (const fault of ['wrong-secret', 'unknown-key', 'old-date'] as const)
    if (unverifiedBy(await ask(fault)) === null) return null;
  return 'a signature is demanded, but one with a wrong secret, for an unknown key or from years ago is taken all the same';
}

const nameDevice = 'Name one that is registered with --device-id.';
