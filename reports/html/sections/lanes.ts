import { h } from 'preact';
import type { JSX } from 'preact';
import type { Finding, LaneCall, Lanes } from '../../../engine/interface/events.ts';
import { said } from '../kit/elements.ts';

/** Sizes of the picture, in its own units; the fewer starts and ends, the more room each has. */
const placeOf = ({ places }: Lanes): number => Math.max(44, Math.min(100, Math.floor(760 / places)));
const lane = 46;
const bar = 22;
const names = 64;
const head = 10;

/** The calls of a finding over time, one lane per client; each bar leads to its call in the table. */
export function lanesFigure(finding: Finding): JSX.Element | null {
  const { lanes } = finding;
  if (lanes === undefined) return null;
  const place = placeOf(lanes);
  const width = names + lanes.places * place + 8;
  const height = head + lanes.clients.length * lane;
  const label = `Calls of ${said(finding.id, 20)} over time, one lane per client`;
  return h(
    'figure',
    { class: 'lanes' },
    h(
      'figcaption',
      null,
      h('strong', null, lanes.anomaly === null ? 'The contradiction' : capital(said(lanes.anomaly, 60))),
      h('span', null, `${capital(said(lanes.says, 500))}.`),
    ),
    h(
      'div',
      { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': label },
      h(
        'svg',
        { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label },
        ...lanes.clients.flatMap((client, at) => rail(client, at, width)),
        ...lanes.calls.map((call) => callBar(finding, lanes, call)),
      ),
    ),
    h(
      'p',
      { class: 'small' },
      'Time goes to the right, in the order of starts and ends. A call is a bar from its start to its answer; the filled part is where it can have taken effect, as the counts of all answers tell. A thick frame and ✕ mark the calls that contradict each other.',
    ),
  );
}

function rail(client: string, at: number, width: number): readonly JSX.Element[] {
  const y = head + at * lane + bar / 2;
  return [
    h('line', { class: 'rail', x1: names, x2: width, y1: y, y2: y }),
    h('text', { class: 'client', x: 2, y: y + 5 }, said(client, 12)),
  ];
}

function callBar(finding: Finding, lanes: Lanes, call: LaneCall): JSX.Element {
  const place = placeOf(lanes);
  const x = (at: number): number => names + at * place;
  const y = head + call.client * lane;
  const step = finding.steps[call.step - 1];
  const from = x(call.from);
  const width = x(call.to) + place - 8 - from;
  const { effect, contradicts, open } = call;
  const words = step === undefined ? '' : `: ${said(step.says, 200)}, answered ${said(step.answer, 160)}`;
  const title = `Call ${call.step} of client ${said(lanes.clients[call.client] ?? '', 12)}${words}${open ? '; it may take effect later' : ''}${contradicts ? '; it contradicts' : ''}${effect === null ? '; it can have taken effect nowhere' : ''}`;
  return h(
    'a',
    { href: `#${rowOf(finding, call.step)}`, 'aria-label': title, class: contradicts ? 'contradicts' : undefined },
    h('title', null, title),
    h('rect', { class: 'call', x: from, y, width, height: bar, rx: 4, 'stroke-dasharray': open ? '5 3' : undefined }),
    effect === null
      ? null
      : h('rect', {
          class: 'effect',
          x: x(effect.from) + 3,
          y: y + 3,
          width: x(effect.to) + place - 14 - x(effect.from),
          height: bar - 6,
          rx: 2,
        }),
    h('text', { class: 'number', x: from + 9, y: y + 16 }, `${call.step}${contradicts ? ' ✕' : ''}`),
    step === undefined ? null : h('text', { class: 'what', x: from + 2, y: y + bar + 12 }, short(step.answer, width)),
  );
}

/** The anchor of a call's row in the table of calls. */
export function rowOf(finding: Finding, step: number): string {
  return `${said(finding.id, 20)}-call-${step}`;
}

/** As much of the answer as fits below its bar. */
function short(answer: string, width: number): string {
  const most = Math.max(3, Math.floor(width / 7.4));
  const text = said(answer, 160);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
