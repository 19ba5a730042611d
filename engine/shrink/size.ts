import type { CountRef, Sequence, SinceRef, Step, TokenRef, UpdateStep } from '../../specs/types/sequence.ts';

export interface Size {
  readonly calls: number;
  readonly parts: readonly number[];
  /** Decides between equals, so that one fault has one minimum. */
  readonly text: string;
}

/** Orders sequences by what a reader has to take in: calls first, then patches, then how odd each part is. */
export function sizeOf(sequence: Sequence, calls: number): Size {
  const updates = sequence.steps.flatMap((step) => (step.do === 'update' ? [step] : []));
  const patches = updates.flatMap((step) => step.patches ?? []);
  const texts = patches.reduce((sum, patch) => sum + textSize(patch.key) + textSize(patch.value ?? ''), 0);
  const names = sequence.datasets.reduce(
    (sum, ref) => sum + textSize(ref.name, 'd', 'e') + 4 * (ref.pool + ref.identity),
    0,
  );
  const oddity = sequence.steps.reduce((sum, step) => sum + stepSize(step), 0);
  const parts = [
    calls,
    sequence.steps.length,
    patches.length,
    sequence.datasets.length,
    oddity,
    texts + names + 4 * repeats(updates),
    order(sequence),
  ];
  return { calls, parts, text: JSON.stringify(sequence) };
}

export function smaller(a: Size, b: Size): boolean {
  for (const [index, part] of a.parts.entries()) {
    const other = b.parts[index] ?? 0;
    if (part !== other) return part < other;
  }
  return a.text < b.text;
}

/** Counts the records that are written with the value they have: a server may take that for no change. */
function repeats(updates: readonly UpdateStep[]): number {
  const values = new Map<string, string>();
  let again = 0;
  for (const { dataset, patches } of updates) {
    for (const { key, value, count } of patches ?? []) {
      const record = JSON.stringify([dataset, key]);
      // A stale one is not stored.
      if (values.has(record) && count.at !== 'current') continue;
      if (value !== null && values.get(record) === value) again += 1;
      values.set(record, value ?? '');
    }
  }
  return again;
}

/** Plain letters cost little and earlier ones less; anything else costs more, so that it stays only where it matters. */
function textSize(text: string, first = 'ax', second = 'by'): number {
  let size = text === '' ? 30 : 0;
  for (const character of text) {
    size += 10;
    if (first.includes(character)) size += 1;
    else if (second.includes(character)) size += 2;
    else if (character >= 'a' && character <= 'z') size += 3;
    else size += 9;
  }
  return size;
}

function stepSize(step: Step): number {
  switch (step.do) {
    case 'list':
      return (
        sinceSize(step.since) +
        (step.token === undefined ? 0 : 1 + tokenSize(step.token)) +
        pageSize(step.page) +
        step.actor
      );
    case 'update': {
      const patches = step.patches ?? [];
      const parts = patches.reduce(
        (sum, patch) =>
          sum +
          countSize(patch.count) +
          (patch.op === 'remove' ? 2 : 0) +
          (patch.date === undefined ? 0 : 2) +
          (patch.value === null ? 1 : 0),
        0,
      );
      return parts + tokenSize(step.token) + step.actor + (step.patches === null ? 4 : 0);
    }
    case 'datasets':
      return pageSize(step.page);
    case 'check':
      return 6 + pageSize(step.input?.['MaxResults']);
    default:
      return 0;
  }
}

function tokenSize(token: TokenRef = 'fresh'): number {
  if (token === 'fresh') return 0;
  return token === 'first-spent' ? 4 : 3;
}

/** Of pages that need as many calls the smaller are easier to count. */
function pageSize(page: unknown): number {
  return typeof page === 'number' ? 1 + page : 0;
}

const countOrder: { readonly [at in CountRef['at']]: number } = {
  current: 0,
  zero: 1,
  behind: 2,
  known: 8,
  ahead: 3,
  dataset: 4,
};

function countSize(count: CountRef): number {
  return countOrder[count.at] + (count.by ?? 1) - 1;
}

const sinceOrder: { readonly [at in SinceRef['at']]: number } = {
  start: 0,
  zero: 1,
  current: 2,
  behind: 3,
  known: 9,
  ahead: 4,
  record: 9,
};

function sinceSize(since: SinceRef): number {
  return sinceOrder[since.at] + (since.by ?? 1) - 1;
}

/** Counts neighbours and patches that stand in the wrong order. */
function order(sequence: Sequence): number {
  let wrong = 0;
  const texts = sequence.steps.slice(0, -1).map((step) => JSON.stringify(step));
  for (const [index, text] of texts.entries()) if ((texts[index + 1] ?? text) < text) wrong += 1;
  for (const step of sequence.steps) {
    if (step.do !== 'update') continue;
    const keys = (step.patches ?? []).map((patch) => patch.key);
    for (const [index, key] of keys.entries()) if ((keys[index + 1] ?? key) < key) wrong += 1;
  }
  return wrong;
}
