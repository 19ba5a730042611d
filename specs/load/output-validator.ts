import { createRequire } from 'node:module';
import type * as Ajv from 'ajv/dist/2020.js';
import type { FieldSpec, MemberType, OutputProblem, ShapeSpec } from '../types/contract-types.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const JSON_TYPES: Readonly<Record<MemberType, string>> = {
  string: 'string',
  integer: 'integer',
  long: 'integer',
  timestamp: 'number',
  boolean: 'boolean',
  list: 'array',
  map: 'object',
  structure: 'object',
};

let ajv: Ajv.Ajv2020 | undefined;

/** A check of a parsed body against output members. Null for an operation without output: any body passes. */
export function compileOutput(output: readonly FieldSpec[] | null): (body: unknown) => readonly OutputProblem[] {
  if (output === null) return () => [];
  const validate = loadAjv().compile(outputSchema(output));
  return (body) => {
    // An operation without output members may answer with nothing at all.
    if (validate(body) || (body === undefined && output.length === 0)) return [];
    return (validate.errors ?? []).map(({ instancePath, params, data }) => ({
      pointer: instancePath,
      expected: [params['type']].flat().join(' or '),
      actual: show(data),
    }));
  };
}

/** The JSON Schema (2020-12) of an output: types only, null wherever a member may stand. */
function outputSchema(output: readonly FieldSpec[]): JsonSchema {
  return { type: 'object', properties: properties(output) };
}

function properties(members: readonly FieldSpec[]): JsonSchema {
  return Object.fromEntries(members.map((member) => [member.name, schema(member, true)]));
}

function schema(shape: ShapeSpec, nullable: boolean): JsonSchema {
  const type = JSON_TYPES[shape.type];
  return {
    type: nullable ? [type, 'null'] : type,
    ...(shape.type === 'list' && shape.of && { items: schema(shape.of, false) }),
    ...(shape.type === 'map' && shape.of && { additionalProperties: schema(shape.of, true) }),
    ...(shape.fields && { properties: properties(shape.fields) }),
  };
}

/** Loaded at the first answer: `list`, `explain` and the like never need it, and it costs more than all of the YAML. */
function loadAjv(): Ajv.Ajv2020 {
  if (!ajv) {
    const { Ajv2020 }: typeof Ajv = createRequire(import.meta.url)('ajv/dist/2020.js');
    // Our own schemas need no check against the meta-schema, whose compilation takes longer than all of theirs.
    ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, meta: false, validateSchema: false });
  }
  return ajv;
}

/** A value in one short line, its type first. */
function show(data: unknown): string {
  if (data === undefined) return 'nothing';
  const text = JSON.stringify(data);
  const type = Array.isArray(data) ? 'array' : data === null ? '' : typeof data;
  return `${type} ${text.length > 80 ? `${text.slice(0, 77)}…` : text}`.trim();
}
