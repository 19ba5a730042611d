import type { Answer } from '../../specs/types/answer.ts';
import type { Input, Reply } from '../../specs/types/wire.ts';
import type { HttpCall } from '../exchange/call.ts';
import { registerDevice, withDevices } from './devices.ts';
import { type Asked, isDenial, isRefusal, isStrange, problemOf } from './first-answer.ts';
import type { Complaint, Survey } from './survey.ts';
import { missing } from './unsupported.ts';

/** Whether updates are implemented, whether they take these identities, and whether they demand a device. */
export async function tryUpdate(survey: Survey): Promise<Complaint | undefined> {
  const { context, entry, given, home, isolation } = survey;
  await context.ledger.planned([entry]);
  const device = isolation.device?.(home);
  const input = firstUpdate(survey, survey.first?.answer, device === undefined ? {} : { DeviceId: device });
  if (input === null) return undefined;
  const asked = await survey.ask('UpdateRecords', input);
  // A refused update creates nothing.
  if (asked.answer.kind === 'failure') await context.ledger.deleted([entry]);
  const evidence = missing(asked, survey.elsewhere);
  if (evidence !== null) return { text: `the target does not implement UpdateRecords: ${evidence}`, strict: false };
  if (!given && isDenial(asked.answer)) return { ...problemOf(asked, context.info.endpointUrl, given), strict: true };
  survey.strict = !given && isStrange(asked.answer);
  return mindDevice(survey, asked, device);
}

/** Whether a refusal is about the device; if so, registers one where that does no harm. */
async function mindDevice(
  survey: Survey,
  { answer }: Asked,
  device: string | undefined,
): Promise<Complaint | undefined> {
  const named = answer.kind === 'failure' && /device ?id/i.test(answer.message ?? '');
  // A registration cannot be undone: in a pool that others use a device is registered only when the target demands one.
  const mayRegister = isRefusal(answer) && device === undefined && (named || !survey.given);
  if (mayRegister) {
    if (await updatesWithDevice(survey)) {
      survey.isolation = withDevices(survey.isolation, survey.context.runId);
      survey.strict = false;
      return undefined;
    }
    return named
      ? needsDevice('UpdateRecords demands a DeviceId, and RegisterDevice gives none that it takes.')
      : undefined;
  }
  return named && device !== undefined ? needsDevice(`UpdateRecords refuses the device ${device}.`) : undefined;
}

function needsDevice(text: string): Complaint {
  return { text, hint: { code: 'name-device' }, strict: false };
}

/** Whether an update with a device registered for it is accepted. */
async function updatesWithDevice(survey: Survey): Promise<boolean> {
  const send = async (call: HttpCall): Promise<Reply> => (await survey.ask(call.operation, call.input)).reply;
  const registered = await registerDevice(survey.home, survey.context.runId, send);
  if (registered === null) return false;
  const { answer } = await survey.ask('ListRecords', survey.dataset);
  const input = firstUpdate(survey, answer, { DeviceId: registered });
  if (input === null) return false;
  await survey.context.ledger.planned([survey.entry]);
  return (await survey.ask('UpdateRecords', input)).answer.kind === 'success';
}

/** The update that a listing allows, or null where it gave no session token. */
function firstUpdate({ dataset }: Survey, listing: Answer | undefined, device: Input): Input | null {
  const token = listing?.kind === 'success' ? listing.output['SyncSessionToken'] : undefined;
  const patch = { Op: 'replace', Key: 'a', Value: 'x', SyncCount: 0 };
  return typeof token === 'string' ? { ...dataset, ...device, SyncSessionToken: token, RecordPatches: [patch] } : null;
}
