import { type Sequence, type Step, isRace } from '../../specs/types/sequence.ts';
import { failuresOf, sameFailure } from '../play/failure.ts';
import type { Played } from '../play/played.ts';
import type { Sighting } from '../play/sightings.ts';
import type { Shrunk } from '../shrink/shrunk.ts';
import { type Confirmed, immaterial } from './minimum.ts';

/** Plays a minimum several times on fresh ground. */

export async function confirm(
  shrunk: Shrunk,
  sighting: Sighting,
  attempt: (sequence: Sequence) => Promise<readonly Played[] | null>,
): Promise<Confirmed | null> {
  let failures = 0;
  let attempts = 0;
  let shown: readonly Played[] = [];
  for (; attempts < confirmations; attempts += 1) {
    const played = await attempt(shrunk.sequence);
    if (played === null) break;
    const failed = failsIn(shrunk, played);
    if (failed) failures += 1;
    if (failed || failures === 0) shown = played;
  }
  if (attempts === 0) return null;
  const certain = failures === attempts;
  const doesNotMatter = certain ? await irrelevant(shrunk, attempt) : [];
  const followed = certain ? await followUp(shrunk, attempt) : null;
  return {
    shrunk,
    sighting,
    fromSteps: sighting.best.failure.calls,
    attempts,
    failures,
    played: shown,
    doesNotMatter,
    ...(followed === null ? {} : { followed }),
  };
}

/** Plays a minimum once more and reads its datasets afterwards. */
async function followUp(
  shrunk: Shrunk,
  attempt: (sequence: Sequence) => Promise<readonly Played[] | null>,
): Promise<NonNullable<Confirmed['followed']> | null> {
  const { sequence } = shrunk;
  if (isRace(sequence) || sequence.steps.at(-1)?.do === 'list') return null;
  const written = new Set(sequence.steps.flatMap((step) => (step.do === 'update' ? [step.dataset] : [])));
  if (written.size === 0) return null;
  const reads = [...written].map((dataset): Step => ({ do: 'list', actor: 0, dataset, since: { at: 'start' } }));
  const followed = { ...sequence, steps: [...sequence.steps, ...reads] };
  const played = await attempt(followed);
  return played !== null && failsIn(shrunk, played) ? { sequence: followed, played } : null;
}

function failsIn(shrunk: Shrunk, played: readonly Played[]): boolean {
  return played.some((one) => failuresOf(one).some((other) => sameFailure(shrunk.failure, other)));
}
/** Changes what a reader might take for the cause, one thing at a time. */

async function irrelevant(
  shrunk: Shrunk,
  attempt: (sequence: Sequence) => Promise<readonly Played[] | null>,
): Promise<readonly string[]> {
  const said: string[] = [];
  const { sequence } = shrunk;
  for (const { sentence, changed } of changes(sequence)) {
    if (JSON.stringify(changed) === JSON.stringify(sequence)) continue;
    const played = await attempt(changed);
    if (played !== null && failsIn(shrunk, played)) said.push(sentence);
  }
  return said;
}
function changes(sequence: Sequence): readonly { readonly sentence: string; readonly changed: Sequence }[] {
  const patched = (
    change: (patch: { readonly key: string; readonly value: string | null }) => { key?: string; value?: string | null },
  ): Sequence => ({
    ...sequence,
    steps: sequence.steps.map((step): Step => {
      if (step.do === 'list' && step.since.key !== undefined)
        return {
          ...step,
          since: { ...step.since, key: change({ key: step.since.key, value: null }).key ?? step.since.key },
        };
      return step.do === 'update' && step.patches !== null
        ? { ...step, patches: step.patches.map((patch) => ({ ...patch, ...change(patch) })) }
        : step;
    }),
  });
  return [
    {
      sentence: immaterial.values,
      changed: patched((patch) =>
        patch.value === null
          ? {}
          : { value: `other ${[...patch.value].length % 7} ${patch.value.slice(0, 1).codePointAt(0) ?? 0}` },
      ),
    },
    {
      sentence: immaterial.keys,
      changed: patched((patch) => ({ key: `other${Buffer.from(patch.key.slice(0, 20)).toString('hex')}` })),
    },
    {
      sentence: immaterial.datasets,
      changed: { ...sequence, datasets: sequence.datasets.map((ref, index) => ({ ...ref, name: `other${index}` })) },
    },
  ];
}
/** How often a minimum is played again to tell a fault from an accident. */

const confirmations = 5;
