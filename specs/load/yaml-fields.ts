import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSpec } from './parse-spec.ts';
import type { Input, Json } from '../types/wire.ts';

/** A value inside a YAML file, with the way to it, so that every complaint names its place. */
export interface Node {
  readonly file: string;
  readonly path: string;
  readonly value: unknown;
}

/** Reads `specs/<file>`, from source and from dist alike. */
export function readSpec(file: string): Node {
  const url = import.meta.resolve(`#specs/${file}`);
  const built = new URL(file.replace(/\.yaml$/, '.built.json'), import.meta.url);
  try {
    return { file, path: '', value: parseSpec(readFileSync(fileURLToPath(url), 'utf8'), fileURLToPath(built)) };
  } catch (cause) {
    throw new Error(`specs/${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Throws `specs/api.yaml at operations/UpdateRecords/http: …`. */
export function fault(node: Node, problem: string): never {
  throw new Error(`specs/${node.file} at ${node.path || 'top'}: ${problem}`);
}

/** The entries of a mapping. With `allowed`, any other key is a fault. */
export function entries(node: Node, allowed?: readonly string[]): readonly (readonly [string, Node])[] {
  const { value } = node;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fault(node, 'expected a mapping');
  return Object.entries(value).map(([key, inner]) => {
    if (allowed && !allowed.includes(key)) fault(node, `unknown key '${key}'; known: ${allowed.join(', ')}`);
    return [key, child(node, key, inner)];
  });
}

/** A mapping with fixed keys. */
export function fields(node: Node, allowed: readonly string[]): ReadonlyMap<string, Node> {
  return new Map(entries(node, allowed));
}

/** A key that must be there. */
export function need(map: ReadonlyMap<string, Node>, key: string, owner: Node): Node {
  return map.get(key) ?? fault(owner, `'${key}' is missing`);
}

export function items(node: Node): readonly Node[] {
  if (!Array.isArray(node.value)) fault(node, 'expected a list');
  return node.value.map((inner, index) => child(node, String(index), inner));
}

/** A string that says something. */
export function text(node: Node): string {
  if (typeof node.value !== 'string' || node.value.trim() === '') fault(node, 'expected a non-empty string');
  return node.value.trim();
}

/** An integer from 0. */
export function count(node: Node): number {
  const { value } = node;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) fault(node, 'expected an integer from 0');
  return value;
}

export function flag(node: Node): boolean {
  if (typeof node.value !== 'boolean') fault(node, 'expected true or false');
  return node.value;
}

/** One of the given words. */
export function word<W extends string>(node: Node, words: readonly W[]): W {
  return words.find((known) => known === node.value) ?? fault(node, `expected one of ${words.join(', ')}`);
}

/** Anything that JSON can say. */
function json(node: Node): Json {
  const { value } = node;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return Array.isArray(value) ? items(node).map(json) : object(node);
}

/** A mapping of what JSON can say. */
export function object(node: Node): Input {
  return Object.fromEntries(entries(node).map(([key, inner]) => [key, json(inner)]));
}

function child(node: Node, key: string, value: unknown): Node {
  return { file: node.file, path: node.path ? `${node.path}/${key}` : key, value };
}
