import { readAnswer } from '../../specs/types/answer.ts';
import type { Input, Operation, SignatureFault } from '../../specs/types/wire.ts';
import { identityKey, withRoom } from './dataset-quota.ts';
import { type Asked, isStrange, problemOf, speaks, unverifiedBy } from './first-answer.ts';
import { tryUpdate } from './first-update.ts';
import { withOwnIdentities } from './isolation.ts';
import type { Stage } from './stages.ts';
import type { Complaint, Survey } from './survey.ts';
import { denied, missing, nowhere } from './unsupported.ts';

/** What the set-up asks a target, in this order. */
export const surveyStages: readonly Stage<Survey, Complaint>[] = [
  { name: 'does it speak the API', run: firstListing },
  { name: 'how does it answer for a path that does not exist', run: unknownPath },
  { name: 'does it take updates', run: tryUpdate },
  { name: 'does an identity belong to one pool', run: identityInTwoPools },
  { name: 'which operations does it implement', run: datasetOperations },
  { name: 'how many datasets do its identities hold', run: existingDatasets },
  { name: 'does it verify signatures', run: signatures },
];

async function firstListing(survey: Survey): Promise<Complaint | undefined> {
  const first = await survey.ask('ListRecords', survey.dataset);
  survey.first = first;
  if (speaks(first) || speaks(await survey.ask('ListDatasets', survey.identity))) return undefined;
  return {
    ...problemOf(first, survey.context.info.endpointUrl, survey.given),
    strict: !survey.given && isStrange(first.answer),
  };
}

async function unknownPath(survey: Survey): Promise<undefined> {
  const { target, signal } = survey.context;
  survey.requests += 1;
  survey.elsewhere = readAnswer(await target.send(nowhere, signal));
}

async function identityInTwoPools(survey: Survey): Promise<undefined> {
  const other = survey.isolation.name({ pool: 1, identity: 0, name: 'set-up' }, 0xffff_ffff);
  if (survey.isolation.shared || other.identity !== survey.home.identity) return;
  const { answer } = await survey.ask('ListRecords', { ...survey.dataset, IdentityPoolId: other.pool });
  if (isStrange(answer)) survey.isolation = withOwnIdentities(survey.isolation);
}

async function datasetOperations(survey: Survey): Promise<undefined> {
  const probes: readonly (readonly [Operation, Input])[] = [
    ['DescribeDataset', survey.dataset],
    ['ListDatasets', survey.identity],
    // Deletes the dataset of the first update as well.
    ['DeleteDataset', survey.dataset],
  ];
  for (const [operation, input] of probes) {
    const asked = await survey.ask(operation, input);
    const evidence = missing(asked, survey.elsewhere) ?? denied(asked.answer);
    if (evidence !== null) survey.unsupported.set(operation, evidence);
  }
  if (!survey.unsupported.has('DeleteDataset')) await survey.context.ledger.deleted([survey.entry]);
}

async function existingDatasets(survey: Survey): Promise<undefined> {
  const { isolation } = survey;
  if (!isolation.shared) return;
  const taken = new Map<string, number>();
  for (let pool = 0; pool < isolation.pools; pool += 1) {
    for (let index = 0; index < isolation.identities; index += 1) {
      const known = isolation.name({ pool, identity: index, name: '' }, 0);
      const { answer } = await survey.ask('ListDatasets', { IdentityPoolId: known.pool, IdentityId: known.identity });
      const listed = answer.kind === 'success' ? answer.output['Datasets'] : undefined;
      taken.set(identityKey(known), Array.isArray(listed) ? listed.length : 0);
    }
  }
  survey.isolation = withRoom(isolation, taken);
}

async function signatures(survey: Survey): Promise<undefined> {
  const list = (fault: SignatureFault): Promise<Asked> => survey.ask('ListRecords', survey.dataset, fault);
  if (survey.context.target.signs !== true) survey.unverified = 'the run signs no request';
  // Only where a signed call is accepted does a refusal say something about the signature.
  else if (survey.first === null || !speaks(survey.first))
    survey.unverified = 'a signed ListRecords is refused as well';
  else survey.unverified = unverifiedBy(await list('none')) ?? (await neverVerified(list));
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
