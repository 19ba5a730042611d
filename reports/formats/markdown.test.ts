import { expect, test } from 'vitest';
import { hostileRun } from '../../tests/fixtures/hostile.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { failingRun, passingRun } from '../../tests/fixtures/whole-run.ts';
import { markdown } from './markdown.ts';
import { markdownText } from '../writing/markdown-text.ts';

test('the verdict comes first, then groups and findings', () => {
  const text = markdown(summaryOf(failingRun()));
  expect(text).toMatch(/^## ❌ Violates: Amazon Cognito Sync\n\nbroken&#58; 4 requirements/);
  expect(text).toContain('| conflict | 4 | 2 | 0 | 0 | 0 |');
  expect(text.match(/<details/g)).toHaveLength(5);
  expect(text).toContain('⚠️ warning: F-0005');
  expect(text).toContain('Not judged:\n\n- <code>record&#47;tombstone-count-recreates</code> not-exercised');
  expect(markdown(summaryOf(passingRun()))).toMatch(/^## ✅ Conforms/);
});

test('hostile strings break no table and become no HTML', () => {
  const lines = markdown(summaryOf(hostileRun())).split('\n');
  const tables = lines.filter((line) => line.startsWith('|'));
  expect(new Set(tables.map((line) => line.split('|').length))).toEqual(new Set([6, 8]));
  const tags = lines.join('\n').match(/<[^>]*>/g) ?? [];
  expect(new Set(tags)).toEqual(
    new Set(['<code>', '</code>', '<details open>', '<summary>', '</summary>', '</details>']),
  );
  expect(lines.join('\n').length).toBeLessThan(1_000_000);
});

test('text means nothing but itself', () => {
  expect(markdownText('a|b`c` <i> @me #1 \u202e')).toBe(
    'a&#124;b&#96;c&#96; &#60;i&#62; &#64;me &#35;1 &#92;u&#123;202e&#125;',
  );
});
