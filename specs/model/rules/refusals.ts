import { afterRefusal } from './after-refusal.ts';
import type { Input } from '../../types/wire.ts';
import { conflictMessage } from './conflict-message.ts';
import type { Disposition, Patch } from '../state/disposition.ts';
import type { AllowedRefusal } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import { hasDuplicates } from './questions.ts';
import { holdsNul } from '../state/text-kind.ts';
import type { TokenVerdict } from '../state/token-verdict.ts';
import { type World, datasetOf, mapToken, withTrace } from '../state/world.ts';
import type { DatasetName } from '../state/dataset-state.ts';

export interface Refusals {
  readonly allowed: readonly AllowedRefusal[];
  /** The call cannot succeed. */
  readonly certain: boolean;
  readonly open: boolean;
}

export function refusalOf(
  world: World,
  id: DatasetName,
  input: Input,
  dispositions: readonly Disposition[],
  token: TokenVerdict,
  choices: Choices,
  patches: readonly Patch[] | null,
): Refusals {
  const dataset = datasetOf(world, id);
  const allowed: AllowedRefusal[] = [];
  let open = token.verdict === 'open' || dispositions.some((one) => one.effect === 'open');
  const refusing = dispositions.filter((one) => one.effect === 'refuse');
  const sent = dispositions.map((one) => ({ key: one.patch.key, value: one.value }));
  const after = (because: 'conflict' | 'token' | 'choice') => (): World => {
    const traced = withTrace(afterRefusal(world, id, because, dispositions), id, {
      kind: 'refused',
      patches: sent,
      because,
    });
    // What a refusal other than a conflict does to the token is nowhere said, whichever dataset it was given for.
    const change = because === 'conflict' ? { conflicted: true } : { uncertain: true };
    return mapToken(traced, input['SyncSessionToken'], (state) => ({ ...state, ...change }));
  };
  if (token.verdict === 'refuse') {
    allowed.push({
      kind: 'refusal',
      why: token.why,
      types: token.types,
      typeSuspects: [token.typeDemand],
      after: after('token'),
    });
  }
  const conflicts = refusing.filter((one) => one.demand.startsWith('conflict/'));
  const first = conflicts[0] ?? refusing[0];
  if (first !== undefined) {
    const types = new Set(refusing.flatMap((one) => one.types));
    const anyType = refusing.some((one) => one.types.length === 0);
    allowed.push({
      kind: 'refusal',
      why: first.why,
      types: anyType ? [] : [...types],
      typeSuspects: [
        conflicts.length > 0 ? 'conflict/status-and-type' : first.demand,
        ...token.demands.filter((demand) => demand !== 'session-token/accepted'),
      ],
      ...(conflicts.length > 0 && refusing.length === conflicts.length
        ? { message: conflictMessage(conflicts, dispositions) }
        : {}),
      after: after(
        conflicts.length > 0 || (types.size === 1 && types.has('ResourceConflictException')) ? 'conflict' : 'choice',
      ),
    });
  }
  const duplicate = hasDuplicates(dispositions);
  if (duplicate && refusing.length === 0) {
    const option = choices['duplicate-keys'];
    if (option === 'invalid' || option === 'conflict') {
      allowed.push({
        kind: 'refusal',
        why: 'two patches name the same key',
        types:
          option === 'invalid' ? ['InvalidParameterException', 'ValidationException'] : ['ResourceConflictException'],
        typeSuspects: ['consistency/duplicate-keys'],
        after: after('choice'),
      });
    } else if (option === undefined) open = true;
  }
  // With a stale patch among them, duplicates may be refused for either reason.
  if (duplicate && refusing.length > 0) open = true;
  if (patches === null || patches.length === 0) {
    const option = choices[patches === null ? 'missing-patches' : 'empty-patches'];
    if (option === 'refused') {
      allowed.push({
        kind: 'refusal',
        why: 'no patches',
        types: [],
        typeSuspects: [`consistency/${patches === null ? 'missing' : 'empty'}-patches`],
        after: after('choice'),
      });
    } else if (option === undefined || !dataset.exists) open = true;
  }
  if (dispositions.some((one) => one.patch.op === 'remove' && one.patch.value !== undefined)) {
    const option = choices['remove-with-value'];
    if (option === undefined) open = true;
    if (option === 'refused') {
      allowed.push({
        kind: 'refusal',
        why: 'a remove carries a Value',
        types: [],
        typeSuspects: ['consistency/remove-with-value'],
        after: after('choice'),
      });
    }
  }
  if (!dataset.exists && dataset.deletedAt !== null) {
    const option = choices['update-after-deletion'];
    if (option === undefined) open = true;
    if (option === 'not-found') {
      allowed.push({
        kind: 'refusal',
        why: 'the dataset was deleted',
        types: ['ResourceNotFoundException'],
        typeSuspects: ['consistency/update-after-deletion'],
        after: after('choice'),
      });
    }
  }
  const certain = allowed.length > 0;
  // What is left out of such an update without a word is a fault all the same.
  if (mayBeTooMany(patches))
    allowed.push({
      kind: 'refusal',
      why: 'how many patches a request may hold is not told',
      types: [],
      typeSuspects: ['record/update-is-stored'],
      after: after('choice'),
    });
  if (patches?.some(holdsNul) === true)
    allowed.push({
      kind: 'refusal',
      why: 'some stores hold no NUL',
      types: [],
      typeSuspects: ['record/update-is-stored'],
      after: after('choice'),
    });
  return { allowed, certain, open };
}

/** No limit is told; stores have limits of 25. */
const surelyTaken = 25;

/** Whether a server may refuse so many patches, whatever they are. */
export function mayBeTooMany(patches: readonly Patch[] | null): boolean {
  return (patches?.length ?? 0) > surelyTaken;
}
