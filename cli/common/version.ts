import { readFileSync } from 'node:fs';

/** The version in package.json. */
export function toolVersion(): string {
  const manifest = new URL(import.meta.resolve('#package.json'));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
