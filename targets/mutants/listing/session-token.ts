import type { Mutant } from '../base/mutant.ts';

const group = 'session-token';

export const sessionTokenMutants: readonly Mutant[] = [
  {
    id: 'token-not-required',
    title: 'UpdateRecords works without a session token.',
    requirement: 'session-token/required',
    group,
    minimum: 1,
    mutate: (base) => {
      let missing = false;
      return {
        ...base,
        violations: (service, operation, input) => {
          missing = operation === 'UpdateRecords' && (input['SyncSessionToken'] ?? null) === null;
          return base.violations(service, operation, input).filter(({ member }) => member !== 'syncSessionToken');
        },
        tokenProblem: (service, claims, path, use) =>
          missing ? undefined : base.tokenProblem(service, claims, path, use),
      };
    },
  },
  {
    id: 'made-up-token-accepted',
    title: 'Any text is taken for a session token.',
    requirement: 'session-token/made-up-refused',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      tokenProblem: (service, claims, path, use) =>
        claims === undefined ? undefined : base.tokenProblem(service, claims, path, use),
    }),
  },
  {
    id: 'token-of-other-dataset-accepted',
    title: 'A session token works for every dataset of its identity.',
    requirement: 'session-token/other-dataset-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      tokenBelongs: (claims, path) => base.tokenBelongs({ ...claims, datasetName: path.name }, path),
    }),
  },
  {
    id: 'token-of-other-identity-accepted',
    title: 'A session token works for every identity.',
    requirement: 'session-token/other-identity-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      tokenBelongs: (claims, path) => base.tokenBelongs({ ...claims, identityId: path.identityId }, path),
    }),
  },
  {
    id: 'token-spent-by-reading',
    title: 'A session token is spent by the listing it is presented to.',
    requirement: 'session-token/usable-for-reads',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      issueToken: (service, dataset, path, presented) => {
        if (presented !== undefined) service.world.spent.set(presented.sessionId, presented.expires);
        return base.issueToken(service, dataset, path, undefined);
      },
    }),
  },
  {
    id: 'token-spent-by-conflict',
    title: 'A refused update spends its session token.',
    requirement: 'session-token/survives-conflict',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal: (service, dataset, _judged, claims, refusal) => {
        if (refusal.refused === 'ResourceConflictException') base.spendToken(service, dataset, claims);
      },
    }),
  },
];
