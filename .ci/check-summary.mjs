// Holds the summary of the packed program's own run: complete, conforming, and by the embedded endpoint.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const summary = JSON.parse(readFileSync(process.argv[2], 'utf8'));
assert.equal(summary.schemaVersion, 1);
assert.equal(summary.exitCode, 0);
assert.equal(summary.verdict, 'conforms');
assert.equal(summary.run.stopped, 'complete');
assert.equal(summary.target.embedded, true);
assert.ok(summary.requirements.some((requirement) => requirement.status === 'pass'));
