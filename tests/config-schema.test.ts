import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { flags, kebab } from '../cli/settings/flags.ts';

const text = readFileSync(new URL('../specs/config.schema.json', import.meta.url), 'utf8');
const schema = JSON.parse(text) as {
  readonly properties: { readonly [name: string]: { readonly description?: string } };
};
const ajv = new Ajv2020({ allowUnionTypes: true, formats: { uri: (uri: string) => URL.canParse(uri) } });
const validate = ajv.compile(schema);

test('the schema knows every setting that the program takes from a file, and no other', () => {
  const hidden = Object.entries(flags).filter(([name, flag]) => name === 'config' || flag.hidden === true);
  const settings = Object.keys(flags).filter((name) => !hidden.some(([other]) => other === name));
  expect(Object.keys(schema.properties).toSorted()).toEqual(settings.map(kebab).toSorted());
  expect(Object.values(schema.properties).every(({ description }) => description !== undefined)).toBe(true);
});

test.each([
  ['endpoint-url: http://localhost:4566\nseed: 7\npreset: smoke\nreport: [html, md]\nrate-limit: 20/s\n', true],
  ['', true],
  ['requirements: conflict\nmax-time: 1.5\nshard: 1/4\n', true],
  ['sed: 7\n', false],
  ['preset: quick\n', false],
  ['seed: -1\n', false],
])('%j', (yaml, good) => {
  expect(validate(parse(yaml))).toBe(good);
});
