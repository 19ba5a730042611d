import { expect, test } from 'vitest';
import { withHint, wordHints } from './say-hint.ts';

test('a hint names the flags of the command line', () => {
  expect(withHint('It is gone.', { code: 'run-again', seed: 7, oneAtATime: true })).toBe(
    'It is gone. Start it again, and run again with --seed 7 and --concurrency 1, which leaves one call in flight.',
  );
  expect(withHint('refused', { code: 'other-credentials', identities: 'made-up' })).toBe(
    'refused. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --profile, or name identities that exist with --identity-pool-id and --identity-id; see doctor.',
  );
  expect(withHint('nothing to do', undefined)).toBe('nothing to do');
});

test('a note has its hint in its text', () => {
  const hint = { code: 'lower-concurrency', concurrency: 2 } as const;
  expect(wordHints({ kind: 'note', at: 0, level: 'warning', text: 'Slow.', hint })).toMatchObject({
    text: 'Slow. Run with --concurrency 2.',
  });
});
