import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

/** What the build keeps of a YAML file: its text, and what that says. */
interface Built {
  readonly text: string;
  readonly value: unknown;
}

/**
 * What a YAML text says. Parsing it takes longer than everything else at the start of the program, so the build writes
 * it down (scripts/finish-build.mjs); a file `built` of another text, or none, is passed over.
 */
export function parseSpec(text: string, built: string): unknown {
  if (existsSync(built)) {
    const known = JSON.parse(readFileSync(built, 'utf8')) as Built;
    if (known.text === text) return known.value;
  }
  return (createRequire(import.meta.url)('yaml') as typeof Yaml).parse(text);
}
