import { isMap, isSeq } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { explains, requirementOf } from './apply.ts';
import { nameOf, parseKnownFailures } from './known-failures.ts';
import type { KnownFailuresFile } from './known-failures.ts';
import { failsAt } from '../summary/verdict.ts';
import type { Summary } from '../summary/summary.ts';
import { reproduces } from '../summary/partial-run.ts';

/** The new text of the file, and which entries came and went. */
export interface KnownFailuresEdit {
  readonly text: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const EMPTY = `# yaml-language-server: $schema=https://unpkg.com/cognito-sync-conformance/specs/known-failures.schema.json
# Failures that are expected for now. Say why in each reason, and where it is followed up in each link.
format: 1
entries: []
`;

/** The text that a new file starts from. */
export function emptyKnownFailures(): KnownFailuresFile {
  return parseKnownFailures(EMPTY, 'a new file');
}

/**
 * Adds an entry by key for each failure that is not listed, and one for each requirement that a whole run with failures
 * never reached: a server that refuses nothing cannot show what its refusals do, and the gate would never be green.
 * Everything that stands in the file stays as it is.
 */
export function updateKnownFailures(file: KnownFailuresFile, summary: Summary): KnownFailuresEdit {
  const document = file.document.clone();
  const fresh = summary.findings.filter(
    (finding) =>
      reproduces(finding) &&
      failsAt(finding.level, summary.policy.failOn) &&
      !file.entries.some((entry) => explains(entry, finding)),
  );
  const since = summary.run.startedAt.slice(0, 10);
  for (const finding of fresh) {
    append(document, { key: finding.key, reason: `${finding.id}: ${finding.title} Not explained yet.`, since });
  }
  const reached = fresh.length + file.entries.length === 0 || summary.run.stopped !== 'complete';
  const unreached = summary.requirements.filter(
    ({ id, status }) =>
      !reached && status === 'not-exercised' && !file.entries.some(({ requirement }) => requirement === id),
  );
  for (const { id, title } of unreached)
    append(document, { requirement: id, reason: `Never exercised beside these failures: ${title}`, since });
  return {
    text: print(document),
    added: [...fresh.map(({ key }) => key), ...unreached.map(({ id }) => `${id} (never exercised)`)],
    removed: [],
  };
}

/**
 * Takes out the entries whose failure this run shows to be gone: their requirement was judged and passes, or fails
 * otherwise. What the run did not judge stays, and so do all other entries with their comments.
 */
export function pruneKnownFailures(file: KnownFailuresFile, summary: Summary): KnownFailuresEdit {
  const document = file.document.clone();
  const gone = file.entries.map((entry) => {
    const result = summary.requirements.find((each) => each.id === requirementOf(entry));
    if (!summary.complete || result === undefined) return false;
    if (result.status === 'pass' || result.status === 'unexpected-pass') return true;
    const broken = result.status === 'fail' || result.status === 'expected-fail';
    return entry.key !== undefined && broken && !summary.findings.some((finding) => explains(entry, finding));
  });
  for (let index = gone.length - 1; index >= 0; index--) {
    if (gone[index] !== true) continue;
    if (index === 0) dropFirstComment(document);
    document.deleteIn(['entries', index]);
  }
  return { text: print(document), added: [], removed: file.entries.filter((_, index) => gone[index]).map(nameOf) };
}

/** The comment right above the first entry hangs on the list; it goes with the entry, lest it speak of the next one. */
function dropFirstComment(document: Document): void {
  const entries = document.get('entries');
  if (!isSeq(entries) || typeof entries.commentBefore !== 'string') return;
  const first = entries.items[0];
  if (isMap(first) && first.spaceBefore === true) return;
  const cut = entries.commentBefore.lastIndexOf('\n\n');
  entries.commentBefore = cut < 0 ? null : entries.commentBefore.slice(0, cut);
}

function append(document: Document, entry: { readonly [name: string]: string }): void {
  const node = document.createNode(entry) as YAMLMap;
  const entries = document.get('entries');
  if (isSeq(entries)) {
    entries.flow = false;
    entries.add(node);
  } else if (isMap(document.contents)) {
    document.set('entries', document.createNode([node]));
  }
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0 });
}
