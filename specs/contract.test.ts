import { describe, expect, test } from 'vitest';
import { contract, outputProblems, requirement } from './contract.ts';
import { LEVELS } from './types/contract-types.ts';

describe('requirements', () => {
  test('are found by id, grouped by its first part', () => {
    const [first] = contract.requirements;
    expect(requirement(first!.id)).toBe(first);
    expect(contract.requirements.filter(({ id, group }) => !id.startsWith(`${group}/`))).toEqual([]);
  });

  test('carry a known level and a source', () => {
    expect(contract.requirements.filter(({ level, sources }) => !LEVELS.includes(level) || !sources[0])).toEqual([]);
  });

  test('suggest the nearest id for an unknown one', () => {
    const { id } = contract.requirements[0]!;
    expect(() => requirement(`${id}x`)).toThrow(`unknown requirement '${id}x'; did you mean '${id}'?`);
    expect(() => requirement('?')).toThrow(/^unknown requirement '\?'$/);
  });
});

test('choices name an AWS option of their own, or none', () => {
  expect(contract.choices.length).toBeGreaterThan(0);
  expect(contract.choices.filter(({ aws, options }) => aws !== null && !(aws in options))).toEqual([]);
  expect(contract.choices.find(({ id }) => id === 'null-members')?.held).toBe(false);
  expect(contract.choices.find(({ id }) => id === 'duplicate-keys')?.held).toBe(true);
});

describe('outputProblems', () => {
  // E-01 and E-02, as the service wrote them.
  const update =
    '{"Records":[{"DeviceLastModifiedDate":1.70057487582E9,"Key":"k","LastModifiedBy":"eu-central-1:0","LastModifiedDate":1.70057487574E9,"SyncCount":9,"Value":"v"}]}';
  const unknownDataset =
    '{"Count":0,"DatasetDeletedAfterRequestedSyncCount":false,"DatasetExists":false,"DatasetSyncCount":0,"LastModifiedBy":null,"MergedDatasetNames":null,"NextToken":null,"Records":[],"SyncSessionToken":"t"}';

  test('accepts what the real service sent', () => {
    expect(outputProblems('UpdateRecords', JSON.parse(update))).toEqual([]);
    expect(outputProblems('ListRecords', JSON.parse(unknownDataset))).toEqual([]);
  });

  test('accepts absent, null and unknown members at every depth', () => {
    expect(outputProblems('ListRecords', {})).toEqual([]);
    expect(outputProblems('ListRecords', { Records: null, Extra: 1 })).toEqual([]);
    expect(outputProblems('ListRecords', { Records: [{ Key: null, Extra: {} }] })).toEqual([]);
    expect(outputProblems('GetCognitoEvents', { Events: { SyncTrigger: null } })).toEqual([]);
  });

  test('points at every wrong type', () => {
    const body = { Count: '1', DatasetExists: 'true', Records: [{ SyncCount: 1 }, { SyncCount: 1.5, Key: 7 }] };
    expect(outputProblems('ListRecords', body)).toEqual(
      expect.arrayContaining([
        { pointer: '/Count', expected: 'integer or null', actual: 'string "1"' },
        { pointer: '/DatasetExists', expected: 'boolean or null', actual: 'string "true"' },
        { pointer: '/Records/1/SyncCount', expected: 'integer or null', actual: 'number 1.5' },
        { pointer: '/Records/1/Key', expected: 'string or null', actual: 'number 7' },
      ]),
    );
    expect(outputProblems('ListRecords', body)).toHaveLength(4);
  });

  test('wants dates as numbers', () => {
    expect(outputProblems('DescribeDataset', { Dataset: { CreationDate: 1.412974057151e9 } })).toEqual([]);
    expect(outputProblems('DescribeDataset', { Dataset: { CreationDate: '2014-10-10T20:47:37Z' } })).toEqual([
      { pointer: '/Dataset/CreationDate', expected: 'number or null', actual: 'string "2014-10-10T20:47:37Z"' },
    ]);
  });

  test.each([
    [[], 'array []'],
    ['text', 'string "text"'],
    [null, 'null'],
    [undefined, 'nothing'],
  ])('refuses %j as a body', (body, actual) => {
    expect(outputProblems('ListDatasets', body)).toEqual([{ pointer: '', expected: 'object', actual }]);
  });

  test('refuses a list of nulls and a list that is an object', () => {
    expect(outputProblems('ListDatasets', { Datasets: [null] })).toEqual([
      { pointer: '/Datasets/0', expected: 'object', actual: 'null' },
    ]);
    expect(outputProblems('ListDatasets', { Datasets: {} })).toHaveLength(1);
  });

  test('shortens long values', () => {
    const [problem] = outputProblems('ListDatasets', { Count: 'x'.repeat(5000) });
    expect(problem?.actual.length).toBeLessThan(100);
  });

  test('lets an operation without output members answer with nothing', () => {
    expect(outputProblems('SetCognitoEvents', undefined)).toEqual([]);
    expect(outputProblems('SubscribeToDataset', undefined)).toEqual([]);
    expect(outputProblems('SubscribeToDataset', {})).toEqual([]);
    expect(outputProblems('SubscribeToDataset', [])).toHaveLength(1);
  });
});
