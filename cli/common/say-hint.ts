import type { RunEvent } from '../../engine/interface/events.ts';
import type { Hint } from '../../engine/interface/hint.ts';

const byCode: { readonly [Code in Hint['code']]: (hint: Extract<Hint, { code: Code }>) => string } = {
  'allow-more-time': () => '--cli-read-timeout SECONDS changes how long to wait.',
  'other-credentials': ({ identities }) =>
    `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --profile${otherwise[identities]}; see doctor.`,
  'name-identities': () => 'Name identities that exist with --identity-pool-id and --identity-id.',
  'name-more-identities': () => 'Name more with --identity-id.',
  'name-device': () => 'Name one that is registered with --device-id.',
  'run-again': ({ seed, oneAtATime }) =>
    `Start it again, and run again with --seed ${seed}${oneAtATime ? ' and --concurrency 1, which leaves one call in flight' : ''}.`,
  'lower-concurrency': ({ concurrency }) => `Run with --concurrency ${concurrency}.`,
};

const otherwise = {
  given: ', or name others that these credentials may use with --identity-pool-id and --identity-id',
  'made-up': ', or name identities that exist with --identity-pool-id and --identity-id',
  'not-concerned': '',
};

/** What to do about a problem, in terms of this command line. */
function sayHint(hint: Hint): string {
  return (byCode[hint.code] as (hint: Hint) => string)(hint);
}

/** The sentence with what to do about it. */
export function withHint(text: string, hint: Hint | undefined): string {
  if (hint === undefined) return text;
  return `${text}${/[.?!)]$/.test(text) ? '' : '.'} ${sayHint(hint)}`;
}

/** The event with its hints put into words, as the files of a run and the terminal have them. */
export function wordHints(event: RunEvent): RunEvent {
  if (event.kind === 'note') return { ...event, text: withHint(event.text, event.hint) };
  if (event.kind !== 'run-finished') return event;
  return {
    ...event,
    error: event.error === null ? null : withHint(event.error, event.hint),
    requirements: event.requirements.map((result) =>
      result.hint === undefined || result.reason === undefined
        ? result
        : { ...result, reason: withHint(result.reason, result.hint) },
    ),
  };
}
