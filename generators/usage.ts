import type { CheckStep, Symbolic } from '../specs/types/check-step.ts';
import { accepted, check } from './check.ts';

const pool = { $: 'pool' } as const;

/** DescribeIdentityUsage, judged by what the model knows of the identity. */
export function identityUsage(context: string, dataset = 0): CheckStep {
  const usage = {
    IdentityId: { $: 'identity' },
    IdentityPoolId: pool,
    DatasetCount: { $: 'datasets' },
    DataStorage: { $: 'storage', of: 'identity' },
  } as const;
  const expect = accepted('usage/identity-usage-agrees', context, { IdentityUsage: usage });
  return check('DescribeIdentityUsage', {}, expect, { free: true, dataset });
}

/** DescribeIdentityPoolUsage, judged likewise; the pool is the play's own. */
export function poolUsage(context: string): CheckStep {
  const usage = { IdentityPoolId: pool, DataStorage: { $: 'storage', of: 'pool' } } as const;
  const expect = accepted('usage/pool-usage-agrees', context, { IdentityPoolUsage: usage });
  return check('DescribeIdentityPoolUsage', {}, expect, { free: true });
}

/** ListIdentityPoolUsage, as a walk over pages where there are several. */
export function poolList(context: string, input: { readonly [member: string]: Symbolic } = {}): CheckStep {
  const like = { IdentityPoolId: pool, DataStorage: { $: 'amount' } } as const;
  const output = { Count: { $: 'any' }, IdentityPoolUsages: { $: 'item', by: 'IdentityPoolId', like } } as const;
  return check('ListIdentityPoolUsage', input, accepted('usage/pool-list-answers', context, output));
}
