import type { DatasetState } from '../../reference/core/world.ts';
import { datasetPath } from '../../reference/rules/storage.ts';
import { isRefusal } from '../../reference/core/refusal.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'session-token';
const wrongToken = 'SyncSessionToken not valid for these inputs';

/** More ways to mistake a session token. */
export const tokenMutants: readonly Mutant[] = [
  {
    id: 'second-session-refused',
    title: 'A dataset takes the tokens of its first session only.',
    requirement: 'session-token/accepted',
    group,
    minimum: 4,
    mutate: (base) => {
      const first = new WeakSet<DatasetState>();
      return {
        ...base,
        tokenProblem: (service, claims, path, use) => {
          const problem = base.tokenProblem(service, claims, path, use);
          const over = use === 'update' && first.has(base.findDataset(service, path));
          return problem ?? (over ? { refused: 'InvalidParameterException', message: wrongToken } : undefined);
        },
        spendToken: (service, dataset, claims) => {
          base.spendToken(service, dataset, claims);
          first.add(dataset);
        },
      };
    },
  },
  {
    id: 'token-expires-with-next-read',
    title: 'A token that was presented to two listings is no longer good for an update.',
    requirement: 'session-token/usable-for-reads',
    group,
    minimum: 4,
    mutate: (base) => {
      const presented = new Map<string, number>();
      return {
        ...base,
        tokenProblem: (service, claims, path, use) => {
          const problem = base.tokenProblem(service, claims, path, use);
          if (problem !== undefined || claims === undefined) return problem;
          const times = presented.get(claims.sessionId) ?? 0;
          if (use === 'list') presented.set(claims.sessionId, times + 1);
          return use === 'update' && times > 1
            ? { refused: 'InvalidParameterException', message: wrongToken }
            : undefined;
        },
      };
    },
  },
  {
    id: 'token-kept-after-removal',
    title: 'An update that removes a record does not use its session token up.',
    requirement: 'consistency/spent-token-update',
    group: 'consistency',
    minimum: 3,
    mutate: (base) => {
      const removing = new WeakSet<DatasetState>();
      return {
        ...base,
        judgeBatch: (service, dataset, patches) => {
          if (patches.some(({ op }) => op === 'remove')) removing.add(dataset);
          else removing.delete(dataset);
          return base.judgeBatch(service, dataset, patches);
        },
        spendToken: (service, dataset, claims) => {
          if (!removing.has(dataset)) base.spendToken(service, dataset, claims);
        },
      };
    },
  },
  {
    id: 'wrong-token-not-authorized',
    title: 'A wrong session token is answered with NotAuthorizedException.',
    requirement: 'session-token/refusal-type',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      tokenProblem: (service, claims, path, use) => {
        const problem = base.tokenProblem(service, claims, path, use);
        return problem === undefined ? undefined : { ...problem, refused: 'NotAuthorizedException' };
      },
    }),
  },
  {
    id: 'wrong-token-checked-after-writing',
    title: 'The session token is checked when the update is already stored.',
    requirement: 'session-token/refusal-changes-nothing',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        if (operation === 'UpdateRecords' && answer.body['message'] === wrongToken) {
          const dataset = base.findDataset(service, datasetPath(input));
          const patches = base.readPatches(service, input);
          const judged = isRefusal(patches) ? [] : base.judgeBatch(service, dataset, patches);
          if (judged.length > 0 && base.firstRefusal(judged) === undefined) base.applyBatch(service, dataset, judged);
        }
        return base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'wrong-token-takes-a-count',
    title: "An update that is refused for its token raises the dataset's count.",
    requirement: 'session-token/refusal-changes-nothing',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        if (operation === 'UpdateRecords' && answer.body['message'] === wrongToken) {
          const dataset = base.findDataset(service, datasetPath(input));
          if (dataset.exists) dataset.count += 1;
        }
        return base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'token-of-longer-name-accepted',
    title: 'A session token works for every dataset whose name begins with that of its own.',
    requirement: 'session-token/other-dataset-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      tokenBelongs: (claims, path) =>
        base.tokenBelongs(
          path.name.startsWith(claims.datasetName) ? { ...claims, datasetName: path.name } : claims,
          path,
        ),
    }),
  },
  {
    id: 'token-checked-for-known-datasets-only',
    title: 'Any text is taken for a session token while the dataset does not exist.',
    requirement: 'session-token/made-up-refused',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      tokenProblem: (service, claims, path, use) =>
        claims === undefined && !base.findDataset(service, path).exists
          ? undefined
          : base.tokenProblem(service, claims, path, use),
    }),
  },
];
