import { expect, test } from 'vitest';
import type { Answer } from '../../specs/types/answer.ts';
import { readable } from './lenient-output.ts';

const answered = (output: { readonly [member: string]: unknown }): Answer => ({ kind: 'success', status: 200, output });

test('counts and flags that come as text are read as what they stand for, at any depth', () => {
  const text = answered({
    DatasetSyncCount: '12',
    DatasetExists: 'true',
    Records: [{ Key: '1', SyncCount: '3', Value: '4' }, 'odd'],
    Own: '5',
  });
  expect(readable('ListRecords', text)).toEqual(
    answered({
      DatasetSyncCount: 12,
      DatasetExists: true,
      Records: [{ Key: '1', SyncCount: 3, Value: '4' }, 'odd'],
      Own: '5',
    }),
  );
});

test.each(['x', '1.5', null, [1], '9'.repeat(20)])('what is no count stays as it is: %j', (count) => {
  const odd = answered({ DatasetSyncCount: count, Records: 'none' });
  expect(readable('ListRecords', odd)).toEqual(odd);
});

test('errors, and answers without a shape, stay as they are', () => {
  const error: Answer = { kind: 'failure', status: 400, type: 'InvalidParameterException', message: '7' };
  expect(readable('ListRecords', error)).toBe(error);
  expect(readable('SetCognitoEvents', answered({ Count: '1' }))).toEqual(answered({ Count: '1' }));
});
