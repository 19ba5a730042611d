import type { TokenState } from '../state/dataset-state.ts';
import type { TokenVerdict } from '../state/token-verdict.ts';
import type { Hypothesis } from './hypothesis.ts';

const accepted = (verdict: TokenVerdict, demand: string): TokenVerdict => ({
  ...verdict,
  verdict: 'accept',
  demand,
  demands: [],
  types: [],
  typeDemand: '',
});

function takes(id: string, requirement: string, says: string, which: (verdict: TokenVerdict) => boolean): Hypothesis {
  return {
    id: `token/${id}`,
    requirement,
    says,
    override: ({ token }) => ({
      token(verdict, state) {
        const known = token(verdict, state);
        return known.verdict === 'refuse' && which(known) ? accepted(known, requirement) : known;
      },
    }),
  };
}

function rejects(id: string, requirement: string, says: string, which: (token: TokenState) => boolean): Hypothesis {
  return {
    id: `token/${id}`,
    requirement,
    says,
    override: ({ token }) => ({
      token(verdict, state) {
        const known = token(verdict, state);
        return known.verdict === 'accept' && state !== undefined && which(state)
          ? { ...known, verdict: 'refuse', demand: requirement, types: [], typeDemand: requirement }
          : known;
      },
    }),
  };
}

const is =
  (...demands: readonly string[]) =>
  ({ demand }: TokenVerdict): boolean =>
    demands.includes(demand);

const required = 'session-token/required';
const madeUp = 'session-token/made-up-refused';
const otherDataset = 'session-token/other-dataset-refused';
const otherIdentity = 'session-token/other-identity-refused';

/** How a server may take session tokens otherwise. */
export const tokenHypotheses: readonly Hypothesis[] = [
  takes('not-required', required, 'accepts an update without a session token', is(required)),
  takes('made-up', madeUp, 'accepts a session token that it never gave', is(madeUp)),
  takes('other-dataset', otherDataset, 'accepts a session token of another dataset', is(otherDataset)),
  takes('other-identity', otherIdentity, 'accepts a session token of another identity', is(otherIdentity)),
  takes(
    'of-anybody',
    otherDataset,
    'accepts a session token whichever dataset or identity it was given for',
    is(otherDataset, otherIdentity),
  ),
  takes('any-text', madeUp, 'accepts any text as a session token', is(madeUp, otherDataset, otherIdentity)),
  takes(
    'not-looked-at',
    required,
    'does not look at session tokens',
    is(required, madeUp, otherDataset, otherIdentity),
  ),
  rejects(
    'spent-by-reading',
    'session-token/usable-for-reads',
    'spends a session token with the listing that it is presented to',
    ({ presented }) => presented,
  ),
  rejects(
    'spent-by-conflict',
    'session-token/survives-conflict',
    'spends the session token of an update that it refuses for a conflict',
    ({ conflicted }) => conflicted,
  ),
  rejects(
    'later-session',
    'session-token/accepted',
    'takes only the session token of the first listing',
    ({ serial }) => serial > 0,
  ),
  rejects('fresh', 'session-token/accepted', 'refuses fresh session tokens', () => true),
];
