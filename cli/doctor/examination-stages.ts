import { type Asked, isStrange, refusesCredentials, speaks } from '../../engine/isolation/first-answer.ts';
import { identityCall } from '../../engine/isolation/made-identities.ts';
import type { Stage } from '../../engine/isolation/stages.ts';
import { denied, missing, nowhere } from '../../engine/isolation/unsupported.ts';
import { answerClass, readAnswer } from '../../specs/types/answer.ts';
import type { Target } from '../../specs/types/wire.ts';
import type { Examination } from './examination.ts';
import { type Home, harmlessInputs } from './operations.ts';

/** What a doctor asks a server, in this order: calls that read or must be refused. None of them ends the examination. */
export const examinationStages: readonly Stage<Examination, never>[] = [
  { name: 'does it verify signatures', run: signatures },
  { name: 'does it take made-up identities', run: madeUpIdentities },
  { name: 'which operations does it implement', run: operations },
  { name: 'does it make identities', run: identityApi },
];

async function signatures(examination: Examination): Promise<undefined> {
  const { variants, home } = examination;
  const unsigned = await list(examination, variants.unsigned, home);
  const signed = await list(examination, variants.signed, home);
  const forged = await list(examination, variants.forged, home);
  const first = signed !== null && (isReceived(signed) || !isReceived(unsigned)) ? signed : unsigned;
  const target = first === signed && variants.signed !== null ? variants.signed : variants.unsigned;
  Object.assign(examination, { unsigned, signed, forged, first, target });
}

async function madeUpIdentities(examination: Examination): Promise<undefined> {
  const { given, first, stranger, target } = examination;
  examination.madeUp = given === null ? first : await list(examination, target, stranger);
}

async function operations(examination: Examination): Promise<undefined> {
  const { context, first, home, stranger, target } = examination;
  if (!isReceived(first)) return;
  const elsewhere = readAnswer(await target.send(nowhere, context.signal));
  const usable = first !== null && speaks(first);
  for (const [operation, input] of harmlessInputs(home, stranger)) {
    const asked = await examination.ask(target, operation, input);
    const implemented = asked.answer.kind !== 'silence' && missing(asked, elsewhere) === null;
    const allowed = !usable || input['IdentityPoolId'] !== home.pool || denied(asked.answer) === null;
    examination.operations.push({ operation, implemented, allowed, evidence: answerClass(asked.answer) });
    if (operation === 'UpdateRecords') examination.refusedUpdate = asked.answer;
  }
}

/** ListIdentityPools changes nothing. */
async function identityApi(examination: Examination): Promise<undefined> {
  const { context, first, target } = examination;
  if (first === null || !(isReceived(first) || isStrange(first.answer))) return;
  const answer = readAnswer(await target.send(identityCall('ListIdentityPools', { MaxResults: 1 }), context.signal));
  examination.identityApi = answer.kind === 'success' && Array.isArray(answer.output['IdentityPools']);
}

async function list({ ask }: Examination, target: Target | null, { pool, identity }: Home): Promise<Asked | null> {
  return target === null
    ? null
    : ask(target, 'ListRecords', { IdentityPoolId: pool, IdentityId: identity, DatasetName: 'csc-doctor' });
}

/** Whether the call got past the signature. */
export function isReceived(asked: Asked | null): boolean {
  return asked !== null && asked.answer.kind !== 'silence' && !refusesCredentials(asked.answer);
}
