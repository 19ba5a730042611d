import type { Finding, FindingStep } from '../../engine/interface/events.ts';
import type { Summary } from '../summary/summary.ts';

/**
 * The calls of the findings as HTTP Archive 1.2, a page per finding. Secrets were removed when they were recorded; when a
 * call was made was not, so each entry has the start of the run.
 */
export function har(summary: Summary): string {
  const { tool, target, run, findings } = summary;
  const startedDateTime = run.startedAt;
  const log = {
    version: '1.2',
    creator: { name: tool.name, version: tool.version },
    pages: findings.map(({ id, title }) => ({ startedDateTime, id, title: `${id} ${title}`, pageTimings: {} })),
    entries: findings.flatMap((finding) =>
      finding.steps.map((step) => entry(finding, step, target.endpointUrl, startedDateTime)),
    ),
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

function entry(finding: Finding, step: FindingStep, endpointUrl: string, startedDateTime: string): object {
  const { request, response } = step;
  const url = endpointUrl.replace(/\/$/, '') + request.path;
  const mimeType = (headers: FindingStep['request']['headers']): string =>
    headers['content-type'] ?? headers['Content-Type'] ?? 'application/json';
  return {
    pageref: finding.id,
    startedDateTime,
    time: 0,
    request: {
      method: request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: queryOf(request.path),
      ...(request.body === null ? {} : { postData: { mimeType: mimeType(request.headers), text: request.body } }),
      headersSize: -1,
      bodySize: request.body === null ? 0 : Buffer.byteLength(request.body),
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response.headers),
      content: {
        size: Buffer.byteLength(response.body),
        mimeType: mimeType(response.headers),
        text: response.body,
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: `${step.says} -> ${step.answer}`,
  };
}

type Pair = { readonly name: string; readonly value: string };

function pairs(headers: { readonly [name: string]: string }): readonly Pair[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function queryOf(path: string): readonly Pair[] {
  const start = path.indexOf('?');
  if (start === -1) return [];
  return Array.from(new URLSearchParams(path.slice(start)), ([name, value]) => ({ name, value }));
}
