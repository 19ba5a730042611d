import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['--endpont-url', ['--endpoint-url', '--region'], '--endpoint-url'],
  ['same-value-state', ['same-value-stale', 'same-value-current'], 'same-value-stale'],
  ['zzz', ['alpha', 'beta'], undefined],
  ['anything', [], undefined],
])('nearest to %s among %j is %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});
