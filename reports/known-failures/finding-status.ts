import type { Finding } from '../../engine/interface/events.ts';
import { failsAt } from '../summary/verdict.ts';
import { knownMatches } from './apply.ts';
import type { Summary } from '../summary/summary.ts';
import { reproduces } from '../summary/partial-run.ts';

/** What a finding means for the run: it breaks it, was listed as known, did not reproduce, or is only told. */
export type Standing = 'fail' | 'known' | 'flaky' | 'warning';

/**
 * Weighs one finding by the entries that explain it, the status of its requirement and the policy of the summary. One
 * that is listed by key is known, also beside another of its requirement that is not.
 */
export function standing(finding: Finding, summary: Summary): Standing {
  const status = summary.requirements.find((result) => result.id === finding.requirement)?.status;
  const listed = knownMatches(summary).some(({ findings }) => findings.includes(finding.id));
  if (listed || status === 'expected-fail') return 'known';
  if (status === 'flaky' || !reproduces(finding)) return 'flaky';
  return failsAt(finding.level, summary.policy.failOn) ? 'fail' : 'warning';
}
