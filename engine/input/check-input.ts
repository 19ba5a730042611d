import { type Answer, isObject } from '../../specs/types/answer.ts';
import type { CheckStep, Expectation, Symbolic } from '../../specs/types/check-step.ts';
import { contract } from '../../specs/contract.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Input, Json } from '../../specs/types/wire.ts';
import { type View, resolveCount } from './client-view.ts';
import { changed } from './http-edit.ts';

/** How a call differs from those the model predicts unasked. */
export interface Special {
  readonly expect: Expectation;
  readonly saved: readonly string[];
  readonly http: CheckStep['http'];
}

/** What the symbols of a check stand for. */
export interface Scene {
  readonly name: DatasetName;
  readonly view: View;
  /** The device that the update names. */
  readonly device?: string | undefined;
  /** The session token; null: none is at hand. */
  readonly token: string | null;
  readonly saved: ReadonlyMap<string, string>;
  /** How many datasets of the identity exist. */
  readonly datasets: number;
}

/** Whether an answer needs no error type and status that the operation declares. */
export function isLenient({ outcome, as, anyStatus, orStatus }: Expectation, answer: Answer): boolean {
  if (outcome === 'accepted') return answer.kind === 'failure' && answer.status === orStatus;
  return as === undefined || anyStatus === true;
}

/** Whether the call presents a session token, so that a listing may have to come first. */
export function wantsToken(step: CheckStep): boolean {
  const given = step.input?.['SyncSessionToken'];
  return given === undefined ? step.operation === 'UpdateRecords' : isObject(given);
}

/** The input of a check with real values; null when a symbol has no meaning here. */
export function checkInput(step: CheckStep, scene: Scene): Input | null {
  const { name } = scene;
  const named: { readonly [member: string]: string } = {
    IdentityPoolId: name.pool,
    IdentityId: name.identity,
    DatasetName: name.name,
    ...(scene.token === null ? {} : { SyncSessionToken: scene.token }),
    ...(scene.device === undefined ? {} : { DeviceId: scene.device }),
  };
  const input: { [member: string]: Json } = {};
  for (const member of contract.operations[step.operation].input) {
    const own = named[member.name];
    if (own !== undefined && (member.in === 'path' || step.operation === 'UpdateRecords')) input[member.name] = own;
  }
  for (const [member, value] of Object.entries(step.input ?? {})) {
    const real = resolve(value, scene, named[member]);
    if (real === undefined) return null;
    if (value === null && member === 'SyncSessionToken') delete input[member];
    else input[member] = real;
  }
  return input;
}

/** A value without its symbols; undefined when one has no meaning here. `base`: the member's own real value. */
export function resolve(value: Symbolic, scene: Scene, base?: string): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item: Symbolic) => resolve(item, scene));
    return items.some((item) => item === undefined) ? undefined : (items as Json);
  }
  if (!isObject(value)) return value;
  if (typeof value['$'] === 'string') return symbol(value, scene, base);
  const entries = Object.entries(value).map(([name, inner]) => [name, resolve(inner, scene)] as const);
  return entries.some(([, inner]) => inner === undefined) ? undefined : (Object.fromEntries(entries) as Json);
}

function symbol(ref: { readonly [member: string]: unknown }, scene: Scene, base: string | undefined): Json | undefined {
  const text = (member: string): string => (typeof ref[member] === 'string' ? ref[member] : '');
  switch (ref['$']) {
    case 'token':
      return scene.token ?? undefined;
    case 'count':
      return resolveCount(scene.view, 0, text('key'), { at: 'current' }) ?? undefined;
    case 'repeat':
      return text('text').repeat(Number(ref['times']));
    case 'datasets':
      return scene.datasets;
    case 'pool':
      return scene.name.pool;
    case 'identity':
      return scene.name.identity;
    case 'saved': {
      const kept = scene.saved.get(text('name'));
      return kept === undefined ? undefined : kept + text('end');
    }
    case 'base':
      return base === undefined ? undefined : changed(base, text, ref['length']);
    case 'item': {
      const like = resolve(ref['like'] as Symbolic, scene);
      return like === undefined ? undefined : { $: 'item', by: text('by'), like };
    }
    default:
      // The others are for expected output, and mean themselves.
      return ref as Json;
  }
}
