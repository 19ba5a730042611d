import { expect, test } from 'vitest';
import type { RunEvent } from '../../engine/interface/events.ts';
import { hostileRun } from '../../tests/fixtures/hostile.ts';
import { sampleFindings } from '../../tests/fixtures/sample-findings.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { failingRun, passingRun, wholeRun } from '../../tests/fixtures/whole-run.ts';
import { applyKnownFailures } from '../known-failures/apply.ts';
import type { Summary } from '../summary/summary.ts';
import { createHtmlReport } from './run-report.ts';

function html(events: readonly RunEvent[], summary: Summary = summaryOf(events)): string {
  const report = createHtmlReport();
  for (const event of events) report.event(event);
  return report.result(summary);
}

test('the verdict stands before the findings, and these before the groups', () => {
  const page = html(failingRun());
  const places = ['Violates</h1>', 'exit 1', 'id="findings"', 'F-0001', 'id="groups"', 'id="choices"', 'id="latency"'];
  const found = places.map((text) => page.indexOf(text));
  expect(found.every((place) => place > 0)).toBe(true);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(html(passingRun())).toContain('✓ No answer broke a requirement.');
});

test('divergence and coverage are told apart', () => {
  const cells = /<tr class="total">.*?<\/tr>/s.exec(html(failingRun()))?.[0].replaceAll(/<[^>]+>/g, ' ');
  expect(cells).toMatch(/21\.7 %\s+92\.0 %/);
});

test('a known failure says why it is expected', () => {
  const events = wholeRun({ findings: sampleFindings().slice(0, 1) });
  const entries = [{ requirement: 'conflict/stale-refused', reason: 'being mended', link: 'javascript:alert(1)' }];
  const page = html(events, applyKnownFailures(summaryOf(events), entries, []));
  expect(page).toContain('⚑ Known failure: being mended');
  expect(page).not.toContain('href="javascript:');
});

test('nothing in the page can fetch, send or frame', () => {
  const page = html(hostileRun());
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(img|iframe|object|embed|link|form|base)\b/i);
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/\s(src|srcset|action|style|on[a-z]+)="/i);
  expect([...page.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith('#'))).toBe(true);
});

test('two thousand findings and megabytes of values stay below 2 MB, and the page says what it left out', () => {
  const [first] = sampleFindings();
  const findings = Array.from({ length: 2000 }, (_, index) => ({ ...first!, id: `F-${10_000 + index}` }));
  const page = html(wholeRun({ findings }));
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  expect(page).toMatch(/[\d,]+ findings of 2000 did not fit into this page/);
  expect(page.match(/<details class="finding/g)?.length).toBeGreaterThan(20);
  expect(Buffer.byteLength(html(hostileRun()))).toBeLessThan(2_000_000);
});

test('a run that was cut off says so', () => {
  expect(html(failingRun().slice(0, -1))).toContain('This run was cut off');
});

test('what became of earlier findings, and what a fault breaks beside its requirement, are told', () => {
  const [one] = sampleFindings();
  const { key, requirement } = one!;
  const replay = {
    id: 'F-0007',
    key,
    requirement,
    verdict: 'FIXED',
    text: 'no failure in 3 replays',
    requests: 9,
  } as const;
  const [header, ...rest] = wholeRun({ findings: [{ ...one!, alsoBreaks: ['conflict/message'] }] });
  const page = html([header!, { kind: 'replayed', at: header!.at, replay }, ...rest]);
  const text = page.replaceAll(/<[^>]+>/g, '');
  expect(text).toMatch(/Findings of earlier runs.*F-0007.*✓ fixed.*no failure in 3 replays/s);
  expect(text).toContain('Because of it, checks of these fail too: conflict/message.');
  expect(html(failingRun())).not.toContain('id="replays"');
});
