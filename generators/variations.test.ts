import { describe, expect, test } from 'vitest';
import type { ShapeSpec } from '../specs/types/contract-types.ts';
import { variations } from './variations.ts';

const of = (spec: ShapeSpec, base: Parameters<typeof variations>[1]): string[] =>
  [...variations(spec, base, 'm')].map(
    (one) => `${one.legal ? 'legal' : 'illegal'} ${one.kind}: ${one.member} ${one.what}`,
  );

describe('variations of a text', () => {
  test('stand at and next to each bound', () => {
    const found = [...variations({ type: 'string', min: 1, max: 3 }, 'ab', 'm')].filter((one) => one.kind === 'length');
    expect(found.map(({ legal, value }) => [legal, value])).toEqual([
      [true, 'abb'],
      [false, 'abbb'],
      [true, 'a'],
      [false, ''],
    ]);
  });

  test('have one wrong character at the start, in the middle and at the end', () => {
    const found = [...variations({ type: 'string', pattern: '[a-z]+' }, 'ab', 'm')].filter(
      (one) => one.kind === 'pattern' && !one.legal,
    );
    expect(found.map(({ value }) => value)).toEqual(['!ab', 'a!b', 'ab!', 'a b', 'aéb', 'a.b', 'a+b', 'ab\n']);
  });

  test('are what is easily mistaken for them', () => {
    const role = of({ type: 'string', pattern: 'arn:aws:iam::\\d+:role/.*' }, 'arn:aws:iam::1:role/x');
    expect(role).toContain('illegal pattern: m a user');
    const application = of({ type: 'string', pattern: '.*:app/[A-Z]+/x' }, 'arn:app/GCM/x');
    expect(application).toContain('illegal pattern: m in lower case');
  });

  test('are never called illegal where the pattern allows them', () => {
    const found = of({ type: 'string', pattern: 'a.*' }, 'ab');
    expect(found).toContain('illegal pattern: m an exclamation mark at the start');
    expect(found).not.toContain('illegal pattern: m an exclamation mark at the end');
    expect(found).toContain('illegal pattern: m a line break at the end');
  });

  test('write enum values in another case', () => {
    expect(of({ type: 'string', enum: ['replace'] }, 'replace')).toContain('illegal enum: m "REPLACE"');
  });
});

describe('variations of containers', () => {
  const patch: ShapeSpec = {
    type: 'structure',
    fields: [{ name: 'Key', required: true, type: 'string', min: 1 }],
  };

  test('change the element in the middle only', () => {
    const base = [{ Key: 'a' }, { Key: 'b' }, { Key: 'c' }];
    const found = [...variations({ type: 'list', of: patch }, base, 'm')];
    const missing = found.find((one) => one.kind === 'required' && one.what === 'missing');
    expect(missing).toMatchObject({ member: 'm[].Key', value: [{ Key: 'a' }, {}, { Key: 'c' }] });
    const empty = found.find((one) => one.what === 'empty');
    expect(empty?.value).toEqual([{ Key: 'a' }, { Key: '' }, { Key: 'c' }]);
  });

  test('add an entry to a map that is full', () => {
    const found = [...variations({ type: 'map', max: 1, of: { type: 'string' } }, { a: 'x' }, 'm')];
    expect(found.find((one) => one.kind === 'length')?.value).toEqual({ a: 'x', a2: 'x' });
  });
});
