import { createHash } from 'node:crypto';
import { h } from 'preact';
import type { ComponentChild } from 'preact';
import { render } from 'preact-render-to-string';
import { script } from './script.ts';
import { style } from './style.ts';

/** Nothing may be fetched, sent or framed, and only our own style and script may act. */
const POLICY = [
  "default-src 'none'",
  `style-src '${digest(style)}'`,
  `script-src '${digest(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A whole HTML document. */
export function page(title: string, ...body: ComponentChild[]): string {
  const document = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('title', null, title),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ),
    h('body', null, ...body, h('script', { dangerouslySetInnerHTML: { __html: script } })),
  );
  return `<!doctype html>\n${render(document)}\n`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
