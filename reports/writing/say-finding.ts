import type { Finding } from '../../engine/interface/events.ts';

type Said = Pick<Finding, 'diagnosis' | 'title'> & Partial<Pick<Finding, 'does'>>;

/** What the server does wrong, as a sentence. A finding of an older version says only what is required. */
export function sayDoes({ does, title }: Said): string {
  if (does === undefined) return title;
  return `The server ${does}${/[.!?]$/.test(does) ? '' : '.'}`;
}

/** How far the recorded sequences bear the sentence out; empty where it only repeats the wrong answer. */
export function saySupport({ diagnosis }: Said): string {
  if (diagnosis === undefined || diagnosis.allFailing === 0) return '';
  const { failing, allFailing, clean, exceptions } = diagnosis;
  const more = exceptions === 0 ? '' : `, ${exceptions} of them in part`;
  return `This explains ${failing} of ${allFailing} recorded failing sequences${more}; ${clean} recorded passing ones agree with it.`;
}
