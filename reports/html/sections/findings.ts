import { h } from 'preact';
import type { JSX } from 'preact';
import type { Difference, Finding, FindingStep } from '../../../engine/interface/events.ts';
import type { Level } from '../../../specs/types/contract-types.ts';
import { counted, grouped } from '../../writing/layout.ts';
import type { KnownMatch } from '../../known-failures/apply.ts';
import { sayDoes, saySupport } from '../../writing/say-finding.ts';
import { badge, said, table } from '../kit/elements.ts';
import { type Reproduction, reproductions } from './reproductions.ts';
import { lanesFigure, rowOf } from './lanes.ts';
import { type Mark, markOf } from '../kit/tone.ts';

/** More steps than this are cut from the table: the counterexample did not shrink, and its file has them all. */
const MOST_STEPS = 60;
const BODY = 3000;

export interface FindingContext {
  /** Its status in the run: a finding may be flaky, or expected. */
  readonly mark: Mark;
  readonly reproductions: readonly Reproduction[];
  /** The entry of the known-failures file that expects it. */
  readonly known: KnownMatch | null;
  readonly open: boolean;
}

/** One finding: what is promised, the calls that break it, and how to see it happen again. */
export function findingCard(finding: Finding, context: FindingContext): JSX.Element {
  const { reproduced, shrink } = finding;
  return h(
    'details',
    { class: `finding ${context.mark.tone}`, id: said(finding.id, 20), open: context.open },
    h(
      'summary',
      null,
      h('span', { class: 'id' }, said(finding.id, 20)),
      badge(context.mark),
      h('span', { class: 'title' }, said(sayDoes(finding), 600)),
      h('span', { class: 'level' }, finding.level),
    ),
    h(
      'div',
      { class: 'body' },
      h(
        'p',
        { class: 'source' },
        h('a', { href: `#${anchorOf(finding.requirement)}` }, h('code', null, said(finding.requirement))),
        ' ',
        said(finding.source, 500),
      ),
      h('p', null, said(finding.title)),
      saySupport(finding) === '' ? null : h('p', { class: 'small' }, saySupport(finding)),
      context.known === null ? null : excuse(context.known),
      lanesFigure(finding),
      stepsTable(finding),
      allowedAgainstActual(finding),
      finding.doesNotMatter.length === 0
        ? null
        : h(
            'div',
            { class: 'indifferent' },
            h('h4', null, 'What does not matter'),
            h('ul', null, ...finding.doesNotMatter.slice(0, 12).map((each) => h('li', null, said(each)))),
          ),
      alsoBroken(finding),
      h(
        'p',
        { class: 'small' },
        `Reproduced ${reproduced.failures}/${reproduced.attempts} on fresh data, seen ${counted(finding.sightings, 'time')}; ` +
          `first after ${counted(finding.sequencesToFind, 'sequence')} and ${counted(finding.requestsToFind, 'request')}; ` +
          `${shrink.fromSteps > shrink.toSteps ? `shrunk from ${counted(shrink.fromSteps, 'call')} to ${grouped(shrink.toSteps)} in ${counted(shrink.requests, 'request')}; ` : ''}seed ${finding.seed}.` +
          (finding.race === true
            ? ' Race condition: the recorded answers prove it, even if a replay does not hit it.'
            : ''),
      ),
      reproductions(finding, context.reproductions),
    ),
  );
}

/** What the same fault breaks beside it, and the other ways in which it was seen to break this. */
function alsoBroken({ alsoBreaks, variants, key, requirement }: Finding): JSX.Element | null {
  const own = variants.filter((variant) => variant !== key && variant.startsWith(`${requirement}|`)).slice(0, 12);
  if (alsoBreaks.length + own.length === 0) return null;
  const links = alsoBreaks
    .slice(0, 40)
    .flatMap((id, index) => [
      index === 0 ? ' ' : ', ',
      h('a', { href: `#${anchorOf(id)}` }, h('code', null, said(id))),
    ]);
  return h(
    'div',
    null,
    alsoBreaks.length === 0 ? null : h('p', null, 'Because of it, checks of these fail too:', ...links, '.'),
    own.length === 0
      ? null
      : h(
          'p',
          { class: 'small' },
          'Also seen as ',
          own.map((variant) => said(variant.split('|').slice(1).join(', '), 160)).join('; '),
          '.',
        ),
  );
}

function excuse({ reason, link }: KnownMatch): JSX.Element {
  const web = link !== undefined && /^https?:\/\//.test(link);
  return h(
    'p',
    null,
    '⚑ Known failure: ',
    said(reason, 600),
    ' ',
    web ? h('a', { href: link, rel: 'noreferrer' }, said(link, 200)) : said(link ?? '', 200),
  );
}

/** One line for a finding that the report has no room to show whole. */
export function findingLine(finding: Finding, failOn: Level): JSX.Element {
  return h(
    'li',
    null,
    badge(markOf({ status: 'fail', level: finding.level }, failOn)),
    ' ',
    h('code', null, said(finding.id, 20)),
    ' ',
    said(sayDoes(finding), 300),
  );
}

export function anchorOf(requirement: string): string {
  return `r-${requirement.replaceAll(/[^a-z0-9-]+/gi, '-')}`;
}

function stepsTable(finding: Finding): JSX.Element {
  const shown = finding.steps.slice(0, MOST_STEPS);
  const rows = shown.flatMap((step, index) => stepRows(step, index + 1, rowOf(finding, index + 1)));
  return h(
    'div',
    null,
    h('h4', null, `The calls (${finding.steps.length})`),
    table(`Calls of ${said(finding.id, 20)}`, ['#', 'Call', 'What it does', 'Answer'], rows, 'steps'),
    finding.steps.length > shown.length
      ? h(
          'p',
          { class: 'note' },
          `${finding.steps.length - shown.length} more calls in findings/${said(finding.id, 20)}.json`,
        )
      : null,
  );
}

function stepRows(step: FindingStep, number: number, id: string): readonly JSX.Element[] {
  const breaks = step.differences.length > 0;
  const kind = breaks ? 'breaks' : undefined;
  const told = step.tokenFrom === undefined || step.says.includes(`token of call ${step.tokenFrom}`);
  const token = told ? null : h('span', { class: 'small' }, ` token of call ${step.tokenFrom}`);
  return [
    h(
      'tr',
      { class: kind, id },
      h('td', { class: 'number' }, String(number)),
      h('td', null, h('code', null, step.operation)),
      h('td', null, said(step.says, 300), token),
      h(
        'td',
        null,
        h('code', null, said(step.answer, 200)),
        breaks ? h('span', { class: 'breaking' }, h('span', { 'aria-hidden': 'true' }, ' ✕'), ' not allowed') : null,
      ),
    ),
    h('tr', { class: `more ${kind ?? ''}` }, h('td', null), h('td', { colSpan: 3 }, exchange(step))),
  ];
}

/** The bytes of one call, for whoever wants them. */
function exchange(step: FindingStep): JSX.Element {
  const { request, response } = step;
  const lines = (headers: { readonly [name: string]: string }): string =>
    Object.entries(headers)
      .slice(0, 30)
      .map(([name, value]) => `${said(name, 60)}: ${said(value, 200)}\n`)
      .join('');
  const first = `${said(request.method, 20)} ${said(request.path, 600)}\n${lines(request.headers)}`;
  const sent = request.body === null ? first : `${first}\n${said(request.body, BODY)}`;
  const status = response.status === 0 ? 'no answer' : String(response.status);
  const received = `${status}\n${lines(response.headers)}\n${said(response.body, BODY)}`;
  return h(
    'details',
    { class: 'wire' },
    h('summary', null, 'request and answer'),
    h('pre', null, sent),
    h('pre', null, received),
  );
}

function allowedAgainstActual(finding: Finding): JSX.Element {
  const differences = finding.steps.flatMap((step) => step.differences).slice(0, 20);
  return h(
    'div',
    null,
    h('h4', null, 'Allowed against actual'),
    h(
      'div',
      { class: 'diff' },
      h('div', { class: 'allowed' }, h('span', { class: 'sign' }, '− allowed'), said(finding.allowed, 600)),
      h('div', { class: 'actual' }, h('span', { class: 'sign' }, '+ actual'), said(finding.actual, 600)),
      ...differences.flatMap(differenceLines),
    ),
  );
}

function differenceLines(difference: Difference): readonly JSX.Element[] {
  return [
    h('div', { class: 'at' }, h('code', null, said(difference.pointer, 200))),
    h(
      'div',
      { class: 'allowed short' },
      h('span', { class: 'sign' }, '−'),
      h('code', null, said(difference.expected, 600)),
    ),
    h(
      'div',
      { class: 'actual short' },
      h('span', { class: 'sign' }, '+'),
      h('code', null, said(difference.actual, 600)),
    ),
  ];
}
