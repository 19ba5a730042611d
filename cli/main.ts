#!/usr/bin/env node
import { toolVersion } from './common/version.ts';

const args = process.argv.slice(2);
if (args.includes('--version')) {
  // Nothing heavy is loaded for this.
  process.stdout.write(`${toolVersion()}\n`);
} else {
  const { start } = await import('./start.ts');
  process.exitCode = await start(args);
}
