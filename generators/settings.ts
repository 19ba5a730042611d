import fc from 'fast-check';
import type { CheckStep, Symbolic } from '../specs/types/check-step.ts';
import { type DatasetRef, ownPool, type Sequence } from '../specs/types/sequence.ts';
import { accepted, check } from './check.ts';

/*
 * Settings of a pool, set and read in turn. What a reading must show follows from the last setting before it, and each
 * setting gives a fact that its readings need and every other one ends: so a sequence stays right when steps are left out, and
 * no model of these operations is needed.
 */

type Members = { readonly [member: string]: Symbolic };

/** One thing that can be set: how it is called in requirements, and how it is set and read. */
interface Setting {
  readonly name: string;
  readonly group: 'configuration' | 'events';
  readonly values: fc.Arbitrary<Members | string>;
  /** What takes it away again; undefined where nothing says that it can be. */
  readonly empty?: Members | string;
  readonly emptied: string;
  readonly set: (value: Members | string) => Members;
  readonly shown: (value: Members | string | null) => Members;
}

const own: readonly DatasetRef[] = [{ pool: ownPool, identity: 0, name: 'd' }];
const account = fc.constantFrom('123456789012', '000000000000', '999999999999');
const word = fc.constantFrom('sync', 'a', 'with-dash_and.dot', 'x'.repeat(64));
const role = fc.tuple(account, word).map(([id, name]) => `arn:aws:iam::${id}:role/${name}`);
const application = fc
  .tuple(
    fc.constantFrom('us-east-1', 'eu-central-1'),
    account,
    fc.constantFrom('GCM', 'APNS', 'APNS_SANDBOX', 'ADM'),
    word,
  )
  .map(([region, id, platform, name]) => `arn:aws:sns:${region}:${id}:app/${platform}/${name}`);
const lambda = fc
  .tuple(fc.constantFrom('us-east-1', 'eu-central-1'), account, word)
  .map(([region, id, name]) => `arn:aws:lambda:${region}:${id}:function:${name.replace('.', '-')}`);

const push: Setting = {
  name: 'PushSync',
  group: 'configuration',
  values: fc.record({ ApplicationArns: application.map((one) => [one]), RoleArn: role }),
  empty: {},
  emptied: 'empty-clears',
  set: (value) => ({ PushSync: value }),
  shown: (value) => ({ IdentityPoolId: { $: 'pool' }, PushSync: value }),
};
const streams: Setting = {
  name: 'CognitoStreams',
  group: 'configuration',
  values: fc.record({ StreamName: word, RoleArn: role, StreamingStatus: fc.constantFrom('ENABLED', 'DISABLED') }),
  emptied: '',
  set: (value) => ({ CognitoStreams: value }),
  shown: (value) => ({ IdentityPoolId: { $: 'pool' }, CognitoStreams: value }),
};
const trigger: Setting = {
  name: 'SyncTrigger',
  group: 'events',
  values: lambda,
  empty: '',
  emptied: 'empty-removes',
  set: (value) => ({ Events: { SyncTrigger: value } }),
  shown: (value) => ({ Events: value === null ? {} : { SyncTrigger: value } }),
};

const operations = {
  configuration: ['SetIdentityPoolConfiguration', 'GetIdentityPoolConfiguration'],
  events: ['SetCognitoEvents', 'GetCognitoEvents'],
} as const;

type Move =
  | { readonly do: 'set'; readonly setting: Setting; readonly value: Members | string }
  | { readonly do: 'empty' | 'get'; readonly setting: Setting };

/** Sequences of settings and readings of a pool's configuration, or of its events. */
export function settings(group: 'configuration' | 'events'): fc.Arbitrary<Sequence> {
  const known = group === 'events' ? [trigger] : [push, streams];
  const move = fc.constantFrom(...known).chain((setting): fc.Arbitrary<Move> => {
    const set = setting.values.map((value): Move => ({ do: 'set', setting, value }));
    const others = fc.constantFrom<'empty' | 'get'>(
      ...(setting.empty === undefined ? [] : (['empty'] as const)),
      'get',
      'get',
      'get',
    );
    return fc.oneof(
      { weight: 2, arbitrary: set },
      { weight: 3, arbitrary: others.map((one): Move => ({ do: one, setting })) },
    );
  });
  return fc
    .array(move, { minLength: 3, maxLength: 10, size: 'max' })
    .map((moves) => ({ datasets: own, steps: stepsOf(moves) }));
}

/** `last`: the move that decides what is there now. */
function stepsOf(moves: readonly Move[]): readonly CheckStep[] {
  const last = new Map<string, number>();
  return moves.flatMap((move, index): readonly CheckStep[] => {
    const { setting } = move;
    const [set, get] = operations[setting.group];
    const fact = (at: number): string => `${moves[at]?.setting.name ?? ''} ${at}`;
    const others = moves.flatMap((other, at) => (other.do !== 'get' && at !== index ? [at] : []));
    const rivals = others.filter((at) => moves[at]?.setting === setting);
    const from = last.get(setting.name);
    const context = `${setting.name}, drawn`;
    if (move.do === 'get') {
      const source = from === undefined ? undefined : moves[from];
      const requirement = source === undefined ? 'never-set' : source.do === 'empty' ? setting.emptied : 'set-then-get';
      const output = setting.shown(source?.do === 'set' ? source.value : null);
      const needs = from === undefined ? rivals.map((at) => `!${fact(at)}`) : [fact(from)];
      return [check(get, {}, accepted(`${setting.group}/${requirement}`, context, output), { free: true, needs })];
    }
    // What is not there need not let itself be taken away.
    const before = from === undefined ? undefined : moves[from];
    if (move.do === 'empty' && (before?.do !== 'set' || from === undefined)) return [];
    last.set(setting.name, index);
    const requirement = move.do === 'empty' ? setting.emptied : 'set-then-get';
    const input = setting.set(move.do === 'set' ? move.value : (setting.empty ?? {}));
    return [
      check(set, input, accepted(`${setting.group}/${requirement}`, context), {
        free: true,
        ...(move.do === 'empty' && from !== undefined ? { needs: [fact(from)] } : {}),
        // What becomes of settings that a call leaves out is nowhere said.
        gives: [fact(index), ...others.map((at) => `!${fact(at)}`)],
      }),
    ];
  });
}
