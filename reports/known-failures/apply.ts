import type { Finding, RequirementResult, Status } from '../../engine/interface/events.ts';
import { nearest } from '../../specs/nearest.ts';
import { nameOf } from './known-failures.ts';
import type { KnownFailure } from './known-failures.ts';
import { rejudge } from '../summary/summary.ts';
import type { Summary } from '../summary/summary.ts';

/** A listed failure that was met. */
export interface KnownMatch {
  readonly requirement: string;
  /** Ids of the findings that the entry explains. */
  readonly findings: readonly string[];
  readonly reason: string;
  readonly link?: string;
}

/** A summary whose known failures are marked. */
export interface ExcusedSummary extends Summary {
  readonly knownFailures: readonly KnownMatch[];
}

/** The listed failures that a summary met; none where no file was given. */
export function knownMatches(summary: Summary): readonly KnownMatch[] {
  return 'knownFailures' in summary ? (summary as ExcusedSummary).knownFailures : [];
}

/** The requirement that an entry is about; a failure key begins with it. */
export function requirementOf(entry: KnownFailure): string {
  return entry.requirement ?? (entry.key ?? '').split('|')[0]!.trim();
}

/**
 * The summary judged again with the failures that are known. A broken requirement is `expected-fail` when an entry
 * names it, or when entries name each of its findings by key: an entry by key hides no other failure. One that an entry
 * names and that was never exercised is left out: another known failure may keep it from being reached. A listed one that
 * passes is `unexpected-pass`. Entries that match nothing and entries past their day are reported as stale; what an
 * expired entry names stays expected, so that exit code 2 says what to do. `known` are all ids that exist, since a run
 * of a part of them must not call the others stale.
 */
export function applyKnownFailures(
  summary: Summary,
  entries: readonly KnownFailure[],
  known: Iterable<string>,
): ExcusedSummary {
  const ids = new Set([...known, ...summary.requirements.map((result) => result.id)]);
  const day = summary.run.startedAt.slice(0, 10);
  const requirements = summary.requirements.map((result) => weigh(result, entries, summary.findings));
  const stale = entries.flatMap((entry) => staleness(entry, summary, ids, day) ?? []);
  const matches = entries.flatMap((entry): KnownMatch[] => {
    const { reason, link } = entry;
    const requirement = requirementOf(entry);
    const result = summary.requirements.find((each) => each.id === requirement);
    const findings = summary.findings.filter((finding) => explains(entry, finding)).map((finding) => finding.id);
    const met = findings.length > 0 || (entry.requirement !== undefined && result?.status === 'fail');
    return met ? [{ requirement, findings, reason, ...(link === undefined ? {} : { link }) }] : [];
  });
  return { ...rejudge({ ...summary, requirements, unmatchedKnownFailures: stale }), knownFailures: matches };
}

/** Whether an entry is about this finding, or about a failure that was grouped into it. */
export function explains(entry: KnownFailure, finding: Finding): boolean {
  if (entry.key === undefined) return entry.requirement === finding.requirement;
  const key = plain(entry.key);
  return [finding.key, ...finding.variants].some((each) => plain(each) === key);
}

/** Keys are compared without the spaces around their bars. */
function plain(key: string): string {
  return key
    .split('|')
    .map((part) => part.trim())
    .join('|');
}

const BROKEN: readonly Status[] = ['fail', 'flaky'];

function weigh(
  result: RequirementResult,
  entries: readonly KnownFailure[],
  findings: readonly Finding[],
): RequirementResult {
  const about = entries.filter((entry) => requirementOf(entry) === result.id);
  const own = findings.filter(({ id, requirement }) => requirement === result.id || result.findings.includes(id));
  if (BROKEN.includes(result.status)) {
    const whole = about.some((entry) => entry.requirement !== undefined);
    const each = own.length > 0 && own.every((finding) => entries.some((entry) => explains(entry, finding)));
    return whole || each ? { ...result, status: 'expected-fail' } : result;
  }
  // What a listed failure keeps from being reached may be listed beside it.
  if (result.status === 'not-exercised' && about.some((entry) => entry.requirement !== undefined))
    return { ...result, status: 'skipped', reason: 'listed in the known-failures file, and not exercised' };
  // A listed failure that was grouped into a finding of another requirement was met, not missed.
  const missed = about.some((entry) => !findings.some((finding) => explains(entry, finding)));
  return result.status === 'pass' && missed ? { ...result, status: 'unexpected-pass' } : result;
}

/** Why an entry has to be looked at, or undefined. That its requirement passes is told by the status of that. */
function staleness(entry: KnownFailure, summary: Summary, ids: ReadonlySet<string>, day: string): string | undefined {
  const requirement = requirementOf(entry);
  if (!ids.has(requirement)) {
    const hint = nearest(requirement, ids);
    return `${nameOf(entry)} (no such requirement${hint === undefined ? '' : `; did you mean ${hint}?`})`;
  }
  if (entry.expires !== undefined && entry.expires < day) return `${nameOf(entry)} (expired on ${entry.expires})`;
  const result = summary.requirements.find((each) => each.id === requirement);
  if (entry.key === undefined || result === undefined || !BROKEN.includes(result.status)) return undefined;
  if (summary.findings.some((finding) => explains(entry, finding))) return undefined;
  const keys = summary.findings.filter((finding) => finding.requirement === requirement).map(({ key }) => key);
  const hint = nearest(entry.key, keys);
  return `${entry.key} (not seen, though ${requirement} fails${hint === undefined ? '' : `; did you mean ${hint}?`})`;
}
