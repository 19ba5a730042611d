import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { DatasetRef, ListStep, UpdateStep } from '../../specs/types/sequence.ts';
import type { Input, Json } from '../../specs/types/wire.ts';
import { type View, resolveCount, resolveSince, tokenToPresent } from './client-view.ts';

/** No other dataset or identity plays a part. */
export const noOthers = { dataset: undefined, identity: undefined };

/** A listing with its symbols resolved. */
export interface ListOptions {
  readonly input: Input;
  readonly full: boolean;
  readonly tokenFrom: number | undefined;
}

/** The members that every call of a dataset has. */
export function identity(name: DatasetName): Input {
  return { IdentityPoolId: name.pool, IdentityId: name.identity };
}

/** null: a symbol has no meaning here, so the step is left out. */
export function listInput(step: ListStep, view: View): ListOptions | null {
  const since = resolveSince(view, step.actor, step.since);
  if (since === null) return null;
  const token = step.token === undefined ? undefined : tokenToPresent(view, step.token);
  if (step.token !== undefined && token === undefined) return null;
  if (token !== undefined) token.presented = true;
  const input: { [member: string]: Json } = {};
  if (since !== undefined) input['LastSyncCount'] = since;
  if (token !== undefined) input['SyncSessionToken'] = token.text;
  if (step.page !== undefined) input['MaxResults'] = step.page;
  return { input, full: since === undefined || since === 0, tokenFrom: token?.call };
}

/** undefined: a symbol has no meaning here, so the step is left out. */
export function resolvePatches(step: UpdateStep, view: View, round: number): readonly Json[] | undefined {
  const patches: Json[] = [];
  for (const patch of step.patches ?? []) {
    const count = resolveCount(view, step.actor, patch.key, patch.count);
    if (count === null) return undefined;
    const value = patch.value === null ? null : round === 0 ? patch.value : `${patch.value}${round}`;
    patches.push({
      Op: patch.op,
      Key: patch.key,
      ...(value === null ? {} : { Value: value }),
      SyncCount: count,
      ...(patch.date === undefined ? {} : { DeviceLastModifiedDate: patch.date }),
    });
  }
  return patches;
}

/** What is known of another dataset of the same identity, and of the same name of another identity. */
export function otherViews(
  refs: readonly DatasetRef[],
  views: readonly View[],
  own: number,
): { readonly dataset: View | undefined; readonly identity: View | undefined } {
  const ref = refs[own];
  const sameIdentity = refs.findIndex(
    (one, index) => index !== own && one.pool === ref?.pool && one.identity === ref.identity,
  );
  const otherIdentity = refs.findIndex(
    (one) => one.pool === ref?.pool && one.identity !== ref?.identity && one.name === ref.name,
  );
  return { dataset: views[sameIdentity], identity: views[otherIdentity] };
}
