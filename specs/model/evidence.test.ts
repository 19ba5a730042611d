import { serviceRules } from './rules/service-rules.ts';
import { expect, test } from 'vitest';
import { type Answer, type Output, isObject } from '../types/answer.ts';
import { contract } from '../contract.ts';
import { type Evidence, type EvidenceStep, readEvidence } from '../read-evidence.ts';
import type { Input, Json } from '../types/wire.ts';
import { judge, statusOf } from './blame/deviations.ts';
import { predict } from './predict/predict.ts';
import type { Prediction } from './state/prediction.ts';
import type { Choices } from './state/choices.ts';
import type { Deviation } from './state/deviation.ts';
import { type World, datasetOf, emptyWorld, withDataset } from './state/world.ts';

/** Where AWS is known to take an option, that one; elsewhere the first. */
const known: Choices = Object.fromEntries(
  contract.choices.map(({ id, aws, options }) => [id, aws ?? Object.keys(options)[0]]),
);
const unknown = contract.choices.filter(({ aws }) => aws === null);

/** What a replay found; `open`: the steps about which the model says nothing. */
interface Replay {
  readonly deviations: readonly string[];
  readonly open: readonly number[];
}

/** Plays a scenario against the model: each answer is the model's own sample, overlaid with what was really seen. */
function replay(evidence: Evidence, choices: Choices): Replay {
  const at = firstDate(evidence);
  const outputs: Output[] = [];
  const deviations: string[] = [];
  const open: number[] = [];
  let world = given(evidence, at);
  evidence.steps.forEach(({ operation, input: raw, seen }, index) => {
    const input = resolve(raw, outputs) as Input;
    const prediction = predict(world, { operation, input }, choices);
    const answer = answerTo(prediction, seen, outputs, at + index);
    const verdict = judge(prediction, answer, at + index);
    const unfit = answer.kind === 'success' ? unfitting(seen, answer.output) : [];
    const say = ({ pointer, expected, actual }: Deviation): string =>
      `step ${index + 1}: ${pointer} is ${actual} instead of ${expected}`;
    deviations.push(...verdict.deviations.map(say), ...unfit.map((member) => `step ${index + 1}: ${member}`));
    if (prediction.open) open.push(index + 1);
    outputs.push(answer.kind === 'success' ? answer.output : {});
    world = verdict.world;
  });
  return { deviations, open };
}

function given({ given: state, steps: [first] }: Evidence, at: number): World {
  const world = emptyWorld(false, serviceRules);
  if (state === null || first === undefined) return world;
  const { IdentityPoolId, IdentityId, DatasetName } = first.input;
  const id = { pool: String(IdentityPoolId), identity: String(IdentityId), name: String(DatasetName) };
  const records = state.records.map(({ Key, Value, SyncCount }) => ({
    key: Key,
    count: SyncCount,
    value: Value,
    modified: { date: at, pauses: 0 },
    writtenAtPause: 0,
    deviceDate: undefined,
    sentDate: undefined,
  }));
  return withDataset(world, {
    ...datasetOf(world, id),
    exists: true,
    count: state.count,
    updates: state.count,
    records: new Map(records.map((record) => [record.key, record])),
  });
}

type Refusal = Extract<EvidenceStep['seen'], { readonly kind: 'error' }>;

function answerTo(prediction: Prediction, seen: EvidenceStep['seen'], outputs: readonly Output[], at: number): Answer {
  const [first] = prediction.allowed;
  const refused = seen === 'unseen' ? first?.kind === 'refusal' : seen.kind === 'error';
  if (!refused) {
    const sample = first?.kind === 'success' ? first.sample(at) : {};
    const output = seen === 'unseen' || seen.kind === 'error' ? {} : seen.output;
    return { kind: 'success', status: 200, output: overlay(sample, resolve(output, outputs)) as Output };
  }
  // What was not told of a refusal is as the model has it.
  const told: Partial<Refusal> = seen !== 'unseen' && seen.kind === 'error' ? seen : {};
  const type = told.type ?? (first?.kind === 'refusal' ? first.types[0] : undefined) ?? 'InvalidParameterException';
  const message = told.message ?? told.messagePart ?? null;
  return { kind: 'failure', status: told.status ?? statusOf(type), type, message };
}

const form = (value: unknown): [string, unknown] | undefined =>
  isObject(value) ? Object.entries(value).find(([name]) => name.startsWith('$')) : undefined;

/** The forms of evidence/README.md other than `$ref` say something about the sample; everything else replaces it. */
function overlay(sample: unknown, seen: unknown): unknown {
  const special = form(seen);
  if (special?.[0] === '$contains' && Array.isArray(sample)) {
    const key = isObject(special[1]) ? special[1]['Key'] : undefined;
    return sample.map((item: unknown) =>
      isObject(item) && (key === undefined || item['Key'] === key) ? overlay(item, special[1]) : item,
    );
  }
  if (special !== undefined) return sample;
  if (Array.isArray(seen)) {
    const samples: readonly unknown[] = Array.isArray(sample) ? sample : [];
    return seen.map((item: unknown, index) => overlay(samples[index], item));
  }
  if (!isObject(seen)) return seen;
  const base = isObject(sample) ? sample : {};
  return {
    ...base,
    ...Object.fromEntries(Object.entries(seen).map(([name, one]) => [name, overlay(base[name], one)])),
  };
}

/** The special forms that the answer does not meet: the model's sample contradicts what was seen. */
function unfitting(seen: EvidenceStep['seen'], output: Output): readonly string[] {
  if (seen === 'unseen' || seen.kind === 'error') return [];
  return Object.entries(seen.output).flatMap(([member, value]) =>
    meets(value, output[member])
      ? []
      : [`${member} is ${JSON.stringify(output[member])} against ${JSON.stringify(value)}`],
  );
}

function meets(wanted: unknown, actual: unknown): boolean {
  const [name, value] = form(wanted) ?? ['', undefined];
  const blank = actual === undefined || actual === null || actual === '';
  const list: readonly unknown[] = Array.isArray(actual) ? actual : [];
  switch (name) {
    case '$present':
      return !blank;
    case '$blank':
      return blank;
    case '$length':
      return list.length === value;
    case '$contains':
      return list.some(
        (item) => isObject(item) && Object.entries(value ?? {}).every(([key, one]) => meets(one, item[key])),
      );
    default:
      // Plain members were laid over the sample; inside `$contains` they have to be compared.
      return isObject(actual) || Array.isArray(actual) || (blank && wanted === null) || actual === wanted;
  }
}

function resolve(value: Json, outputs: readonly Output[]): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, outputs));
  if (!isObject(value)) return value;
  const reference = value['$ref'];
  if (typeof reference === 'string') {
    const [step, member = ''] = reference.split('/');
    return outputs[Number(step) - 1]?.[member] as Json;
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one, outputs)]));
}

/** The first date the service gave in a scenario, so that its dates are of the time of the calls. */
function firstDate(evidence: Evidence): number {
  return Number(/"(?:Creation|LastModified)Date":([\d.]+)/.exec(JSON.stringify(evidence))?.[1] ?? 1_700_000_000);
}

/** Whether the call breaks a constraint of the API model: about such calls the model says nothing. */
function illegal({ operation, input }: EvidenceStep): boolean {
  return contract.operations[operation].input.some(({ name, pattern }) => {
    const value = input[name];
    return pattern !== undefined && typeof value === 'string' && !new RegExp(`^(?:${pattern})$`, 'u').test(value);
  });
}

const scenarios = readEvidence().filter(({ steps }) => !steps.some(illegal));

test('only the call with malformed ids is beyond the model', () => {
  expect(readEvidence().flatMap(({ id, steps }) => (steps.some(illegal) ? [id] : []))).toEqual(['E-41']);
});

/** For choices on which nobody knows AWS, the options other than the first that this evidence needs. */
const needs: { readonly [id: string]: Choices } = {
  // The device sent another date than came back.
  'E-01': { 'device-date': 'server-made' },
};

test.each(scenarios.map((evidence) => [evidence.id, evidence] as const))('the model accepts %s', (id, evidence) => {
  expect(replay(evidence, { ...known, ...needs[id] }).deviations).toEqual([]);
});

/** Options on which nobody knows AWS and that an exchange speaks against, the others being as above. */
const against: { readonly [id: string]: readonly string[] } = {
  'E-01': ['device-date=echoed', 'device-date=absent'],
  // The 16 bytes were seen; that key and value have 8 each is made up.
  'E-03': ['data-storage=values-bytes'],
  // A fresh key is written at the count that the deleted dataset lists, and nobody refuses it.
  'E-49': ['deleted-dataset-count=last'],
};

test.each(scenarios.map((evidence) => [evidence.id, evidence] as const))('what %s leaves open', (id, evidence) => {
  const options = unknown.flatMap((choice) =>
    Object.keys(choice.options).map((option) => [choice.id, option] as const),
  );
  const refuted = options.filter(
    ([choice, option]) => replay(evidence, { ...known, ...needs[id], [choice]: option }).deviations.length > 0,
  );
  expect(refuted.map((pair) => pair.join('='))).toEqual(against[id] ?? []);
});

/** Steps about which the model says nothing even with every choice made. */
test('the model has an opinion on nearly every exchange', () => {
  const open = scenarios.flatMap((evidence) =>
    replay(evidence, { ...known, ...needs[evidence.id] }).open.map((step) => `${evidence.id} step ${step}`),
  );
  expect(open).toEqual([]);
});

test('an exchange that was not seen is not accepted', () => {
  const told = (id: string, step: number, seen: EvidenceStep['seen']): readonly string[] => {
    const evidence = scenarios.find((one) => one.id === id)!;
    return replay(
      { ...evidence, steps: evidence.steps.map((one, at) => (at === step ? { ...one, seen } : one)) },
      known,
    ).deviations;
  };
  expect(told('E-12', 1, { kind: 'output', output: {} })).not.toEqual([]);
  expect(
    told('E-12', 1, { kind: 'error', status: 400, message: 'Current SyncCount for: user is: 1 not: 0' }),
  ).not.toEqual([]);
  expect(told('E-13', 1, { kind: 'error', message: 'Current SyncCount for: edited is: 8005 not: 8001' })).not.toEqual(
    [],
  );
  expect(told('E-42', 0, { kind: 'output', output: { DatasetExists: true } })).not.toEqual([]);
  expect(told('E-48', 0, { kind: 'output', output: {} })).not.toEqual([]);
});
