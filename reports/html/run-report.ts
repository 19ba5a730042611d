import { h } from 'preact';
import type { ComponentChild, JSX } from 'preact';
import { render } from 'preact-render-to-string';
import type { Finding, RunEvent, Status } from '../../engine/interface/events.ts';
import { knownMatches } from '../known-failures/apply.ts';
import { standing } from '../known-failures/finding-status.ts';
import type { Standing } from '../known-failures/finding-status.ts';
import { awsCliScript } from '../reproduction/aws-cli.ts';
import { csharpProgram } from '../reproduction/csharp.ts';
import { curlScript } from '../reproduction/curl.ts';
import type { ReproductionContext } from '../reproduction/preamble.ts';
import { shellQuote } from '../reproduction/shell.ts';
import { typescriptProgram } from '../reproduction/typescript.ts';
import type { Summary } from '../summary/summary.ts';
import { counted } from '../writing/layout.ts';
import { said, section } from './kit/elements.ts';
import { choices } from './sections/choices.ts';
import { createCourse } from './sections/timeline.ts';
import { findingCard, findingLine } from './sections/findings.ts';
import { groups } from './sections/groups.ts';
import { latency } from './sections/latency.ts';
import { ledgerSection } from './sections/ledger.ts';
import type { Latency } from './sections/latency.ts';
import { page } from './kit/page.ts';
import { isLong } from './sections/reproductions.ts';
import type { Reproduction } from './sections/reproductions.ts';
import { replays } from './sections/replays.ts';
import { requirements } from './sections/requirements.ts';
import { markOf } from './kit/tone.ts';
import { headline, topBar, verdict, where } from './sections/verdict.ts';

/** Bytes that the cards of the findings may take. The rest of the page is bounded and stays below 500 kB. */
const ROOM_FOR_FINDINGS = 1_400_000;
const MOST_LINES = 500;

/** A fold over the events of one run, in constant memory. */
export interface HtmlReport {
  event(event: RunEvent): void;
  /** The whole report as one file of at most 2 MB, which fetches nothing and needs no script to be read. */
  result(summary: Summary): string;
}

export function createHtmlReport(): HtmlReport {
  const course = createCourse();
  const latencies = new Map<string, Latency>();
  return {
    event(event) {
      course.event(event);
      if (event.kind === 'latency') latencies.set(event.operation, event);
    },
    result(summary) {
      const { failOn, matchAws } = summary.policy;
      const findings = findingsChapter(summary);
      const { glyph, text } = headline(summary);
      return page(
        `${glyph} ${text} · ${where(summary)}`,
        topBar(summary),
        h(
          'main',
          null,
          verdict(summary),
          findings.view,
          ledgerSection(summary.ledger, findings.cards),
          replays(summary),
          groups(summary.requirements, failOn),
          choices(summary.choices, matchAws),
          requirements(summary.requirements, failOn, findings.cards),
          latency([...latencies.values()]),
          course.view(summary.run.durationMs),
        ),
        h(
          'footer',
          null,
          `${said(summary.tool.name, 60)} ${said(summary.tool.version, 40)} · made from events.ndjson; `,
          h('code', null, 'cognito-sync-conformance report'),
          ' makes it again.',
        ),
      );
    },
  };
}

interface Chapter {
  readonly view: JSX.Element;
  /** The findings that have a card to link to. */
  readonly cards: ReadonlySet<string>;
}

/** Whole cards while there is room for them, then one line each, then only their number. */
function findingsChapter(summary: Summary): Chapter {
  const cards = new Set<string>();
  const views: ComponentChild[] = [];
  const lines: JSX.Element[] = [];
  let room = ROOM_FOR_FINDINGS;
  for (const finding of summary.findings) {
    const card = room > 0 ? cardOf(finding, summary, views.length === 0) : null;
    room -= card === null ? 0 : Buffer.byteLength(render(card));
    if (card !== null && room >= 0) {
      cards.add(finding.id);
      views.push(card);
    } else if (lines.length < MOST_LINES) {
      lines.push(findingLine(finding, summary.policy.failOn));
    }
  }
  const left = summary.findings.length - cards.size;
  const note =
    left === 0
      ? null
      : `${counted(left, 'finding')} of ${summary.findings.length} did not fit into this page and are listed by name. All are in findings/ and in summary.json.`;
  const none = h('p', { class: 'empty' }, noFindings(summary));
  return {
    cards,
    view: section(
      'findings',
      'Findings',
      note,
      ...(summary.findings.length === 0 ? [none] : views),
      lines.length === 0 ? null : h('ul', { class: 'lines' }, ...lines),
    ),
  };
}

function noFindings(summary: Summary): string {
  if (summary.verdict === 'not-judged') return '○ Nothing was judged, so nothing was found.';
  return '✓ No answer broke a requirement.';
}

const STATUS: { readonly [stands in Standing]: Status } = {
  fail: 'fail',
  known: 'expected-fail',
  flaky: 'flaky',
  warning: 'fail',
};

function cardOf(finding: Finding, summary: Summary, open: boolean): JSX.Element {
  const { target, policy } = summary;
  const known = knownMatches(summary).find((match) => match.findings.includes(finding.id));
  return findingCard(finding, {
    mark: markOf({ status: STATUS[standing(finding, summary)], level: finding.level }, policy.failOn),
    open,
    known: known ?? null,
    reproductions: [{ label: 'Replay', text: replayCommand(finding, summary) }, ...programs(finding, { target })],
  });
}

function programs(finding: Finding, context: ReproductionContext): readonly Reproduction[] {
  if (isLong(finding)) return [];
  return [
    { label: 'AWS CLI', text: awsCliScript(finding, context) },
    { label: 'curl', text: curlScript(finding, context) },
    { label: 'TypeScript', text: typescriptProgram(finding, context) },
    { label: 'C#', text: csharpProgram(finding, context) },
  ];
}

function replayCommand(finding: Finding, summary: Summary): string {
  const endpoint = summary.target.embedded ? '' : ` --endpoint-url ${shellQuote(summary.target.endpointUrl)}`;
  return `# in the directory of this page\nnpx ${summary.tool.name} replay findings/${finding.id}.json${endpoint}`;
}
