import { sayDoes } from '../writing/say-finding.ts';
import { createHash } from 'node:crypto';
import type { Finding } from '../../engine/interface/events.ts';
import { failsAt } from '../summary/verdict.ts';
import { knownMatches } from '../known-failures/apply.ts';
import { standing } from '../known-failures/finding-status.ts';
import type { Standing } from '../known-failures/finding-status.ts';
import type { Summary } from '../summary/summary.ts';
import { visible } from '../writing/visible.ts';

const LEVELS: { readonly [stands in Standing]: 'error' | 'warning' | 'note' } = {
  fail: 'error',
  known: 'note',
  flaky: 'warning',
  warning: 'warning',
};

/**
 * The findings as SARIF 2.1.0, one rule per requirement. A server has no line of source, and code scanning shows no result
 * without one: each result points at the first line of `location`, a path in the repository that ran the suite.
 */
export function sarif(summary: Summary, location: string): string {
  const { tool, requirements, findings, policy } = summary;
  const rules = requirements.map(({ id, title, level, group }) => ({
    id,
    shortDescription: { text: visible(title, 400) },
    fullDescription: { text: `${visible(title, 400)} (${level})` },
    help: { text: `npx cognito-sync-conformance explain ${id}` },
    defaultConfiguration: { level: failsAt(level, policy.failOn) ? 'error' : 'warning' },
    properties: { tags: ['conformance', group, level] },
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules } },
        automationDetails: { id: `${tool.name}/${summary.run.preset}/` },
        invocations: [
          {
            executionSuccessful: summary.complete && summary.verdict !== 'not-judged',
            exitCode: summary.exitCode,
            exitCodeDescription: visible(summary.exitReason, 600),
            startTimeUtc: summary.run.startedAt,
          },
        ],
        results: findings.map((finding) => resultOf(finding, summary, location)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: Finding, summary: Summary, location: string): object {
  const ruleIndex = summary.requirements.findIndex(({ id }) => id === finding.requirement);
  const known = knownMatches(summary).find(({ findings }) => findings.includes(finding.id));
  const calls = finding.steps.map(
    ({ says, answer }, index) => `${index + 1}. ${visible(says, 200)} -> ${visible(answer, 200)}`,
  );
  return {
    ruleId: finding.requirement,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: LEVELS[standing(finding, summary)],
    message: {
      text: [
        visible(sayDoes(finding), 400),
        visible(finding.title, 400),
        `allowed: ${visible(finding.allowed, 400)}`,
        `actual: ${visible(finding.actual, 400)}`,
        ...calls.slice(0, 40),
      ].join('\n'),
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(location) }, region: { startLine: 1 } } }],
    // The same fault keeps its key from run to run, whatever its number and its values.
    partialFingerprints: { 'failureKey/v1': createHash('sha256').update(finding.key).digest('hex') },
    ...(known === undefined ? {} : { suppressions: [{ kind: 'external', justification: visible(known.reason, 600) }] }),
    properties: { id: finding.id, key: visible(finding.key, 400), alsoBreaks: finding.alsoBreaks },
  };
}

/** A relative reference with every part escaped, so that no colon makes a scheme, no `#` a fragment and no `?` a query. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
