import { describe, expect, test } from 'vitest';
import type { CheckStep, Symbolic } from '../../specs/types/check-step.ts';
import { type Scene, checkInput } from './check-input.ts';
import { edited } from './http-edit.ts';
import { emptyView } from './client-view.ts';

const scene: Scene = {
  name: { pool: 'p:0', identity: 'i:0', name: 'data' },
  view: emptyView(),
  token: 'token',
  saved: new Map([['device', 'd1']]),
  datasets: 2,
};

const inputOf = (operation: CheckStep['operation'], input: { readonly [member: string]: Symbolic }): unknown =>
  checkInput(
    { do: 'check', operation, dataset: 0, input, expect: { outcome: 'refused', requirement: 'x/y', context: '' } },
    scene,
  );

describe('the input of a check', () => {
  test('has the names of its dataset, and a token where one is needed', () => {
    expect(inputOf('UpdateRecords', {})).toEqual({
      IdentityPoolId: 'p:0',
      IdentityId: 'i:0',
      DatasetName: 'data',
      SyncSessionToken: 'token',
    });
    expect(inputOf('GetCognitoEvents', {})).toEqual({ IdentityPoolId: 'p:0' });
  });

  test('changes a name from what it really is', () => {
    const named = (change: Symbolic): unknown => inputOf('DescribeDataset', { DatasetName: change });
    expect(named({ $: 'base', middle: '!' })).toMatchObject({ DatasetName: 'da!ta' });
    expect(named({ $: 'base', length: 6 })).toMatchObject({ DatasetName: 'dataaa' });
  });

  test('resolves symbols at any depth, and is none when one has no meaning', () => {
    const patch = { Key: { $: 'repeat', text: 'k', times: 3 }, SyncCount: { $: 'count', key: 'kkk' } };
    expect(inputOf('UpdateRecords', { RecordPatches: [patch] })).toMatchObject({
      RecordPatches: [{ Key: 'kkk', SyncCount: 0 }],
    });
    expect(inputOf('SubscribeToDataset', { DeviceId: { $: 'saved', name: 'nothing' } })).toBeNull();
  });

  test('leaves a member out that is null', () => {
    expect(inputOf('UpdateRecords', { SyncSessionToken: null })).not.toHaveProperty('SyncSessionToken');
  });
});

describe('an edited request', () => {
  const request = {
    method: 'POST',
    path: '/a%3Ab',
    headers: { 'content-type': 'application/json' },
    body: '{"a":["x",1]}',
  };

  test('spells the same JSON in another way', () => {
    const { body = '' } = edited(request, { body: { respelled: true } });
    expect(body).not.toBe(request.body);
    expect(JSON.parse(body)).toEqual({ a: ['x', 1] });
  });

  test('changes method, path, headers and body as told', () => {
    const http = {
      method: 'PUT',
      path: [['%3A', ':']],
      headers: { 'content-type': null },
      body: { after: 'x' },
    } as const;
    expect(edited(request, http)).toEqual({ method: 'PUT', path: '/a:b', headers: {}, body: '{"a":["x",1]}x' });
  });
});
