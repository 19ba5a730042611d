import { sayDoes, saySupport } from '../writing/say-finding.ts';
import { DOMImplementation, XMLSerializer } from '@xmldom/xmldom';
import type { Element } from '@xmldom/xmldom';
import type { Finding, RequirementResult } from '../../engine/interface/events.ts';
import { byGroup } from '../summary/by-group.ts';
import { failsAt } from '../summary/verdict.ts';
import type { Summary } from '../summary/summary.ts';
import { visible } from '../writing/visible.ts';

const LONGEST = 2000;
const MOST_STEPS = 100;

/**
 * The run as JUnit XML: one suite per group, one test case per requirement with `classname` = group and `name` = id.
 * What says nothing about the target (not exercised, inconclusive, flaky) is an `<error>`, never a silent pass; a
 * broken requirement below the level that fails the run passes, and its `<system-out>` tells the warning.
 */
export function junit(summary: Summary): string {
  const document = new DOMImplementation().createDocument(null, 'testsuites');
  const root = document.documentElement!;
  const add: Add = (parent, name, attributes, text) => {
    const child = document.createElement(name);
    parent.appendChild(child);
    set(child, attributes);
    if (text !== undefined) child.appendChild(document.createTextNode(lines(text)));
    return child;
  };
  set(root, {
    name: summary.tool.name,
    time: seconds(summary.run.durationMs),
    ...tally(summary.requirements, summary),
  });
  for (const [group, results] of byGroup(summary.requirements)) {
    const suite = add(root, 'testsuite', {
      name: group,
      timestamp: summary.run.startedAt.slice(0, 19),
      ...tally(results, summary),
    });
    const properties = add(suite, 'properties', {});
    for (const [name, value] of facts(summary)) add(properties, 'property', { name, value });
    for (const result of results) testCase(add, suite, result, summary);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

type Add = (parent: Element, name: string, attributes: { readonly [name: string]: string }, text?: string) => Element;
type Outcome = 'pass' | 'failure' | 'error' | 'skipped';

function facts(summary: Summary): readonly (readonly [string, string])[] {
  return [
    ['seed', String(summary.run.seed)],
    ['preset', summary.run.preset],
    ['endpoint-url', summary.target.endpointUrl],
    ['verdict', summary.verdict],
    ['exit-code', String(summary.exitCode)],
  ];
}

function set(element: Element, attributes: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, visible(value, LONGEST));
}

/** Line ends are ours and stay; every other control character is spelled out, for XML has no place for it. */
function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, LONGEST))
    .join('\n');
}

function tally(results: readonly RequirementResult[], summary: Summary): { readonly [name: string]: string } {
  const outcomes = results.map((result) => outcomeOf(result, summary));
  const count = (outcome: Outcome): string => String(outcomes.filter((each) => each === outcome).length);
  return {
    tests: String(results.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function outcomeOf(result: RequirementResult, summary: Summary): Outcome {
  switch (result.status) {
    case 'pass':
      return 'pass';
    case 'fail':
      return failsAt(result.level, summary.policy.failOn) ? 'failure' : 'pass';
    case 'unexpected-pass':
      return 'failure';
    case 'expected-fail':
    case 'unsupported':
    case 'skipped':
      return 'skipped';
    case 'flaky':
    case 'not-exercised':
    case 'indeterminate':
    case 'harness-error':
      return 'error';
  }
}

function testCase(add: Add, suite: Element, result: RequirementResult, summary: Summary): void {
  const element = add(suite, 'testcase', { classname: result.group, name: result.id, time: '0' });
  const properties = add(element, 'properties', {});
  add(properties, 'property', { name: 'level', value: result.level });
  add(properties, 'property', { name: 'exercised', value: String(result.exercised) });
  const findings = summary.findings.filter((finding) => finding.requirement === result.id);
  const told = findings.map(story).join('\n\n');
  switch (outcomeOf(result, summary)) {
    case 'pass':
      if (result.status === 'fail') add(element, 'system-out', {}, `warning: ${result.title}\n${told}`);
      break;
    case 'failure': {
      const stale = result.status === 'unexpected-pass';
      const message = stale ? 'listed as a known failure, but passes' : `${result.title}${brief(findings)}`;
      add(element, 'failure', { type: result.status, message }, stale ? message : told);
      break;
    }
    case 'error':
      add(element, 'error', { type: result.status, message: result.reason ?? REASONS[result.status] ?? '' }, told);
      break;
    case 'skipped':
      add(element, 'skipped', { message: result.reason ?? REASONS[result.status] ?? result.status });
      break;
  }
}

const REASONS: { readonly [status in RequirementResult['status']]?: string } = {
  'expected-fail': 'fails as the known-failures file expects',
  unsupported: 'the target does not support the operation',
  skipped: 'not selected',
  flaky: 'failed, but not again when it was replayed',
  'not-exercised': 'never exercised, so nothing is known',
  indeterminate: 'no usable answer, so nothing is known',
  'harness-error': 'internal error of the program',
};

function brief(findings: readonly Finding[]): string {
  const [first] = findings;
  return first === undefined ? '' : ` Allowed: ${first.allowed}. Actual: ${first.actual}.`;
}

/** One finding in plain lines: its calls, what was allowed, how to run it again. */
function story(finding: Finding): string {
  const steps = finding.steps.slice(0, MOST_STEPS).map((step, index) => {
    const mark = step.differences.length > 0 ? '  <- not allowed' : '';
    return `  ${index + 1}  ${step.operation}  ${visible(step.says)}  -> ${visible(step.answer)}${mark}`;
  });
  const rest = finding.steps.length - steps.length;
  return [
    `${finding.id}  ${visible(sayDoes(finding), 600)}`,
    ...(saySupport(finding) === '' ? [] : [saySupport(finding)]),
    `required: ${visible(finding.title)}`,
    `source: ${visible(finding.source)}`,
    ...steps,
    ...(rest > 0 ? [`  and ${rest} more calls`] : []),
    `allowed: ${visible(finding.allowed)}`,
    `actual: ${visible(finding.actual)}`,
    `reproduced ${finding.reproduced.failures}/${finding.reproduced.attempts}, seed ${finding.seed}`,
    `replay: npx cognito-sync-conformance replay findings/${finding.id}.json`,
  ].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
