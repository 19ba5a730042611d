// The last step of the build: checks the YAML of specs/ and writes what it parses to as JSON next to the built loader,
// which then need not parse it at every start, and makes the program executable: npx links to it and does so only the first
// time. Ends with an error, and so does the build, where a file is wrong.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('..', import.meta.url);

// Loading the contract checks its files; the facts are loaded on demand.
await import(new URL('dist/specs/contract.js', root).href);
const { facts } = await import(new URL('dist/specs/load/facts.js', root).href);
facts();

for (const name of ['api', 'requirements', 'choices', 'facts']) {
  const text = readFileSync(new URL(`specs/${name}.yaml`, root), 'utf8');
  const value = parse(text);
  writeFileSync(new URL(`dist/specs/load/${name}.built.json`, root), JSON.stringify({ text, value }));
}

chmodSync(new URL('dist/cli/main.js', root), 0o755);
