import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds before the tests that run the built program, lest they judge an older one. */
export function setup(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const compiler = 'node_modules/typescript/bin/tsc';
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd, stdio: 'inherit' });
}
