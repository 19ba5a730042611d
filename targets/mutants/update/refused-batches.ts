import type { Input, Json } from '../../../specs/types/wire.ts';
import type { Behaviour, JudgedPatch, Service } from '../../reference/core/behaviour.ts';
import { updateRecords } from '../../reference/operations/update-records.ts';
import { datasetPath } from '../../reference/rules/storage.ts';
import type { Mutant } from '../base/mutant.ts';

const isRefused = ({ judgement }: JudgedPatch): boolean => typeof judgement === 'object';

/** Whether a patch alone breaks a constraint. */
type Illegal = (patch: Json) => boolean;

/** A server that looks at the constraints of patches while it stores them. `stored`: the patches that it has stored by then. */
function whileStoring(
  id: string,
  title: string,
  stored: (patches: readonly Json[], illegal: Illegal) => readonly Json[],
): Mutant {
  return {
    id,
    title,
    requirement: 'validation/refusal-stores-nothing',
    group: 'validation',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      violations(service, operation, input) {
        const found = base.violations(service, operation, input);
        const patches = input['RecordPatches'];
        if (found.length === 0 || operation !== 'UpdateRecords' || !Array.isArray(patches)) return found;
        const illegal: Illegal = (patch) =>
          base.violations(service, operation, { ...input, RecordPatches: [patch] }).length > 0;
        const some = stored(patches, illegal);
        if (some.length > 0) updateRecords(service, { ...input, RecordPatches: some });
        return found;
      },
    }),
  };
}

/** What a server does with the dataset of an update that it refuses for an illegal patch. */
function onIllegal(base: Behaviour, act: (service: Service, input: Input) => void): Pick<Behaviour, 'violations'> {
  return {
    violations(service, operation, input) {
      const found = base.violations(service, operation, input);
      const inPatches = found.some(({ member }) => /recordPatches/i.test(member));
      if (operation === 'UpdateRecords' && inPatches) act(service, input);
      return found;
    },
  };
}

const chunk = 10;

/** A server that stores what still fits, and refuses the update all the same. */
function fitting(id: string, minimum: number, title: string, fits: (one: JudgedPatch) => boolean): Mutant {
  return {
    id,
    title,
    requirement: 'quota/refusal-stores-nothing',
    group: 'quota',
    minimum,
    mutate: (base) => ({
      ...base,
      afterRefusal(service, dataset, judged, claims, refusal) {
        base.afterRefusal(service, dataset, judged, claims, refusal);
        if (refusal.refused !== 'LimitExceededException') return;
        const some = judged.filter(fits);
        const kept: JudgedPatch[] = [];
        for (const one of some) {
          if (base.quotaProblem(service, dataset, [...kept, one]) === undefined) kept.push(one);
        }
        if (kept.length > 0) base.applyBatch(service, dataset, kept);
      },
    }),
  };
}

/** What is left of updates that are refused. */
export const refusedBatchMutants: readonly Mutant[] = [
  whileStoring(
    'stored-up-to-illegal',
    'The patches before an illegal one are stored, and the request is refused.',
    (patches, illegal) => patches.slice(0, patches.findIndex(illegal)),
  ),
  whileStoring(
    'stored-after-illegal-first',
    'Where the first patch is illegal the others are stored, and the request is refused.',
    (patches, illegal) => (patches.findIndex(illegal) === 0 ? patches.slice(1) : []),
  ),
  whileStoring(
    'stored-in-tens-before-illegal',
    'Patches are checked and stored ten at a time: the tens before an illegal patch stay.',
    (patches, illegal) => patches.slice(0, patches.findIndex(illegal) - (patches.findIndex(illegal) % chunk)),
  ),
  {
    ...whileStoring(
      'removed-before-illegal',
      'The removals of a batch are done before an illegal patch is found.',
      (patches) => patches.filter((patch) => (patch as Input)['Op'] === 'remove'),
    ),
    minimum: 5,
  },
  {
    id: 'illegal-update-creates-dataset',
    title: 'An update that is refused for an illegal patch creates its dataset.',
    requirement: 'validation/refusal-stores-nothing',
    group: 'validation',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      ...onIllegal(base, (service, input) => {
        const dataset = base.findDataset(service, datasetPath(input));
        if (!dataset.exists && dataset.deletedAt === undefined) base.createDataset(service, dataset);
      }),
    }),
  },
  {
    id: 'illegal-update-revives-dataset',
    title: 'An update that is refused for an illegal patch brings a deleted dataset back, empty.',
    requirement: 'validation/refusal-stores-nothing',
    group: 'validation',
    minimum: 6,
    mutate: (base) => ({
      ...base,
      ...onIllegal(base, (service, input) => {
        const dataset = base.findDataset(service, datasetPath(input));
        if (!dataset.exists && dataset.deletedAt !== undefined) base.createDataset(service, dataset);
      }),
    }),
  },
  {
    id: 'illegal-update-raises-count',
    title: "An update that is refused for an illegal patch raises the dataset's count.",
    requirement: 'validation/refusal-stores-nothing',
    group: 'validation',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      ...onIllegal(base, (service, input) => {
        const dataset = base.findDataset(service, datasetPath(input));
        if (dataset.exists) dataset.count += 1;
      }),
    }),
  },
  {
    id: 'stored-in-tens-before-stale',
    title: 'Counts are checked and patches stored ten at a time: the tens before a stale patch stay.',
    requirement: 'conflict/refused-changes-nothing',
    group: 'conflict',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal(service, dataset, judged, claims, refusal) {
        base.afterRefusal(service, dataset, judged, claims, refusal);
        const stale = judged.findIndex(isRefused);
        const whole = stale - (stale % chunk);
        if (whole > 0) base.applyBatch(service, dataset, judged.slice(0, whole));
      },
    }),
  },
  {
    id: 'removed-before-stale',
    title: 'The removals before a stale patch are done although the update is refused.',
    requirement: 'conflict/refused-changes-nothing',
    group: 'conflict',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal(service, dataset, judged, claims, refusal) {
        base.afterRefusal(service, dataset, judged, claims, refusal);
        const stale = judged.findIndex(isRefused);
        const removals = judged.slice(0, Math.max(stale, 0)).filter(({ patch }) => patch.op === 'remove');
        if (removals.length > 0) base.applyBatch(service, dataset, removals);
      },
    }),
  },
  fitting(
    'changes-stored-beyond-quota',
    5,
    'Of a batch beyond a quota the changes of records that exist are stored, and the update is refused.',
    ({ record }) => record !== undefined,
  ),
  fitting(
    'what-fits-stored-beyond-quota',
    3,
    'Of a batch beyond a quota what still fits is stored, and the update is refused.',
    () => true,
  ),
];
