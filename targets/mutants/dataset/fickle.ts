import type { Patch } from '../../reference/core/behaviour.ts';
import { refuse } from '../../reference/core/refusal.ts';
import { knownIdentity } from '../../reference/rules/storage.ts';
import type { DatasetState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'consistency';

/** A server with a table of sessions remembers no more of a dataset. */
const sessionsKept = 3;
/** From this count on a dataset counts as grown. */
const grown = 4;

const nothing: Patch = { op: 'remove', key: '', count: 0, value: null, deviceDate: null };
const hasRemoved = (dataset: DatasetState): boolean =>
  [...dataset.records.values()].some(({ value }) => value === null);
const isBuried = (dataset: DatasetState): boolean => !dataset.exists && (dataset.deletedAt ?? 0) >= grown;

/** A server one of whose operations forgets all used tokens of a dataset but the last. */
function knowsLastSpent(use: 'list' | 'update', title: string): Mutant {
  return {
    id: `${use}-knows-last-spent-token`,
    title,
    requirement: `consistency/spent-token-${use}`,
    group,
    minimum: 5,
    mutate: (base) => {
      const last = new Map<DatasetState, string>();
      return {
        ...base,
        tokenProblem: (service, claims, path, asked) => {
          const forgotten =
            asked === use &&
            claims !== undefined &&
            base.tokenBelongs(claims, path) &&
            base.tokenSpent(service, claims) &&
            last.get(base.findDataset(service, path)) !== claims.sessionId;
          return forgotten ? undefined : base.tokenProblem(service, claims, path, asked);
        },
        spendToken: (service, dataset, claims) => {
          base.spendToken(service, dataset, claims);
          if (claims !== undefined) last.set(dataset, claims.sessionId);
        },
      };
    },
  };
}

/** Servers whose answer to an open question hangs on something beside it: the age of a dataset, its contents, its neighbours. */
export const fickleMutants: readonly Mutant[] = [
  {
    id: 'empty-list-refused-beside-removed',
    title: 'An update with an empty list is accepted, but refused once the dataset holds a removed record.',
    requirement: 'consistency/empty-patches',
    group,
    minimum: 6,
    mutate: (base) => {
      const empty = new WeakSet<readonly Patch[]>();
      return {
        ...base,
        readPatches: (service, input) => {
          const patches = base.readPatches(service, input);
          if (Array.isArray(patches) && Array.isArray(input['RecordPatches'])) empty.add(patches);
          return patches;
        },
        judgeBatch: (service, dataset, patches) =>
          patches.length === 0 && empty.has(patches) && hasRemoved(dataset)
            ? [{ patch: nothing, record: undefined, judgement: refuse('InvalidParameterException', 'No patches') }]
            : base.judgeBatch(service, dataset, patches),
      };
    },
  },
  {
    id: 'missing-patches-raise-later',
    title:
      'An update without RecordPatches changes nothing, but raises the count of a dataset of more than three updates.',
    requirement: 'consistency/missing-patches',
    group,
    minimum: 11,
    mutate: (base) => {
      const without = new WeakSet<readonly Patch[]>();
      return {
        ...base,
        readPatches: (service, input) => {
          const patches = base.readPatches(service, input);
          if (Array.isArray(patches) && (input['RecordPatches'] ?? null) === null) without.add(patches);
          return patches;
        },
        judgeBatch: (service, dataset, patches) => {
          if (without.has(patches) && dataset.count >= grown) dataset.count += 1;
          return base.judgeBatch(service, dataset, patches);
        },
      };
    },
  },
  knowsLastSpent('update', 'An update knows the last used token of its dataset only; listings know them all.'),
  knowsLastSpent('list', 'A listing knows the last used token of its dataset only; updates know them all.'),
  {
    id: 'three-sessions-kept',
    title: 'Of the unused tokens of a dataset only the three newest work.',
    requirement: 'consistency/older-token',
    group,
    minimum: 5,
    mutate: (base) => {
      const given = new Map<DatasetState, number[]>();
      return {
        ...base,
        issueToken: (service, dataset, path, presented) => {
          const token = base.issueToken(service, dataset, path, presented);
          if (presented === undefined) given.set(dataset, [...(given.get(dataset) ?? []), dataset.newestSession]);
          return token;
        },
        tokenProblem: (service, claims, path, use) => {
          const problem = base.tokenProblem(service, claims, path, use);
          if (problem !== undefined || claims === undefined) return problem;
          const kept = (given.get(base.findDataset(service, path)) ?? []).slice(-sessionsKept);
          return kept.includes(claims.serial)
            ? undefined
            : refuse('InvalidParameterException', 'SyncSessionToken not valid for these inputs');
        },
      };
    },
  },
  {
    id: 'since-above-unknown-beside-others',
    title:
      'A lastSyncCount for an unknown dataset is refused, but gives an empty listing where the identity has another.',
    requirement: 'consistency/since-above-unknown-dataset',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      sinceProblem: (service, dataset, since) => {
        const problem = base.sinceProblem(service, dataset, since);
        if (dataset.exists || dataset.deletedAt !== undefined) return problem;
        const others = knownIdentity(service, dataset.poolId, dataset.identityId)?.datasets.values() ?? [];
        return [...others].some(({ exists }) => exists) ? undefined : problem;
      },
    }),
  },
  {
    id: 'grown-dataset-stays-deleted',
    title: 'An update creates a deleted dataset again, but not one that had more than three updates.',
    requirement: 'consistency/update-after-deletion',
    group,
    minimum: 11,
    mutate: (base) => ({
      ...base,
      judgeBatch: (service, dataset, patches) =>
        base
          .judgeBatch(service, dataset, patches)
          .map((item) =>
            isBuried(dataset)
              ? { ...item, judgement: refuse('ResourceNotFoundException', `No such Dataset: ${dataset.name}`) }
              : item,
          ),
    }),
  },
  {
    id: 'grown-dataset-not-listed-deleted',
    title:
      'A deleted dataset is answered with DatasetExists false, but as not found when it had more than three updates.',
    requirement: 'consistency/list-after-deletion',
    group,
    minimum: 10,
    mutate: (base) => ({
      ...base,
      sinceProblem: (service, dataset, since) =>
        isBuried(dataset)
          ? refuse('ResourceNotFoundException', `No such Dataset: ${dataset.name}`)
          : base.sinceProblem(service, dataset, since),
    }),
  },
];
