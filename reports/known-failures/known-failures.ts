import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { visible } from '../writing/visible.ts';

/** A failure that is expected for now: every one of a requirement, or the one of a key. */
export interface KnownFailure {
  readonly requirement?: string;
  readonly key?: string;
  readonly reason: string;
  readonly link?: string;
  readonly since?: string;
  /** `YYYY-MM-DD`: the last day on which the entry is good. */
  readonly expires?: string;
}

/** A known-failures file: what it says, and its text as a document that can be changed without losing comments. */
export interface KnownFailuresFile {
  readonly entries: readonly KnownFailure[];
  readonly document: Document;
}

/** What stands in an entry to find its failure by: a key holds bars, the id of a requirement does not. */
export function nameOf(entry: KnownFailure): string {
  return entry.key ?? entry.requirement ?? '';
}

/**
 * Reads the text of a known-failures file (specs/known-failures.schema.json). Throws an Error of the form
 * `known-failures.yaml:3:5: …` that says what to change.
 */
export function parseKnownFailures(text: string, name: string): KnownFailuresFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fail = (offset: number, problem: string): never => {
    const { line, col } = lines.linePos(offset);
    throw new Error(`${name}:${line}:${col}: ${problem}`);
  };
  const [problem] = document.errors;
  if (problem) fail(problem.pos[0], `not valid YAML: ${visible(problem.message.split('\n')[0] ?? '', 200)}`);
  const value: unknown = document.toJS();
  const validate = schema();
  if (!validate(value)) {
    const error = validate.errors?.find((each) => each.keyword !== 'oneOf') ?? validate.errors?.[0];
    const path = (error?.instancePath ?? '').split('/').slice(1);
    const node = document.getIn(path, true);
    const extra: unknown = error?.params['additionalProperty'];
    const what = typeof extra === 'string' ? `unknown name ${JSON.stringify(visible(extra, 60))}` : error?.message;
    fail((isNode(node) ? node.range?.[0] : undefined) ?? 0, `${path.join('/') || 'the file'}: ${what}`);
  }
  const { entries } = value as { readonly entries: readonly KnownFailure[] | null };
  const names = (entries ?? []).map(nameOf);
  const twice = names.findIndex((each, index) => names.indexOf(each) !== index);
  if (twice >= 0) {
    const node = document.getIn(['entries', twice], true);
    fail((isNode(node) ? node.range?.[0] : undefined) ?? 0, `${visible(names[twice] ?? '', 200)} is listed twice`);
  }
  return { entries: entries ?? [], document };
}

let compiled: ReturnType<Ajv2020['compile']> | undefined;

function schema(): ReturnType<Ajv2020['compile']> {
  if (compiled === undefined) {
    const path = fileURLToPath(import.meta.resolve('#specs/known-failures.schema.json'));
    const ajv = new Ajv2020({ allowUnionTypes: true, formats: { uri: (text: string) => URL.canParse(text) } });
    compiled = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  }
  return compiled;
}
