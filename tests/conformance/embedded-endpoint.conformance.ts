import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance } from '../../cli/vitest.ts';

conformance({ seed: 1, preset: 'ci', reportDir: mkdtempSync(join(tmpdir(), 'conformance-')) });
