import { contract } from '../../contract.ts';
import type { Disposition } from '../state/disposition.ts';
import { type PatchFeature, datasetFeatures, patchFeatures } from './features.ts';
import type { Hypothesis } from './hypothesis.ts';

/*
 * Faults that nobody has thought of mostly concern calls that have something in common. Each way to treat a patch wrongly is
 * joined with each thing that may be special about it; what was recorded decides.
 */

const isConflict = ({ effect, types }: Disposition): boolean =>
  effect === 'refuse' && types.includes('ResourceConflictException');

function conflictOf({ id, ofBatch }: PatchFeature): string {
  if (ofBatch === true) return 'conflict/one-stale-refuses-batch';
  if (id === 'zero') return 'conflict/zero-against-existing';
  return id === 'removal' ? 'conflict/stale-remove-refused' : 'conflict/stale-refused';
}

function taken(feature: PatchFeature): Hypothesis {
  const requirement = conflictOf(feature);
  return {
    id: `takes/${feature.id}`,
    requirement,
    says: `does not check the sync count of a patch ${feature.says}`,
    override: ({ decide }) => ({
      decide(one, at) {
        const decided = decide(one, at);
        return isConflict(decided) && feature.is(decided, at)
          ? { ...decided, effect: 'write', demand: requirement, types: [] }
          : decided;
      },
    }),
  };
}

/** `null` as the requirement: the one that the counterexample breaks. */
function refused(feature: PatchFeature): Hypothesis {
  return {
    id: `refuses/${feature.id}`,
    requirement: null,
    says: `refuses a patch ${feature.says}, also at the current count`,
    override: ({ decide }) => ({
      decide(one, at) {
        const decided = decide(one, at);
        return decided.effect === 'write' && feature.is(decided, at)
          ? { ...decided, effect: 'refuse', types: [] }
          : decided;
      },
    }),
  };
}

function lost(feature: PatchFeature): Hypothesis {
  return {
    id: `loses/${feature.id}`,
    requirement: null,
    says: `accepts a patch ${feature.says} and does not store it`,
    override: ({ stored }) => ({
      stored(effects, at) {
        const kept = stored(effects, at);
        const place = { dataset: at.dataset, all: at.effects };
        return kept.filter((one) => !feature.is(one, { ...place, index: at.effects.indexOf(one) }));
      },
    }),
  };
}

function uncounted(feature: PatchFeature): Hypothesis {
  return {
    id: `uncounted/${feature.id}`,
    requirement: null,
    says: `does not raise the sync count for a patch ${feature.says}`,
    override: ({ datasetCount }) => ({
      datasetCount(usual, at) {
        const place = { dataset: at.dataset, all: at.effects };
        const all = at.effects.every((one, index) => feature.is(one, { ...place, index }));
        return all && at.effects.length > 0 ? at.dataset.count : datasetCount(usual, at);
      },
    }),
  };
}

/** Every way to treat patches of some kind wrongly. */
export const featureHypotheses: readonly Hypothesis[] = [taken, refused, lost, uncounted].flatMap((family) =>
  patchFeatures.map(family),
);

/** That the server takes another option of a choice for some datasets. */
export function otherOptions(choice: string, usual: string | undefined): readonly Hypothesis[] {
  const known = contract.choices.find(({ id }) => id === choice);
  if (known === undefined || usual === undefined) return [];
  const others = Object.entries(known.options).filter(([option]) => option !== usual);
  return datasetFeatures.flatMap((feature) =>
    others.map(([option, meaning]): Hypothesis => ({
      id: `option/${choice}-${option}-${feature.id}`,
      requirement: `consistency/${choice}`,
      joinsNothing: true,
      says: `answers otherwise for a dataset ${feature.says} than for others. To the question "${known.question}": ${meaning}`,
      override: ({ options }) => ({
        options(choices, dataset) {
          const before = options(choices, dataset);
          return feature.is(dataset) ? { ...before, [choice]: option } : before;
        },
      }),
    })),
  );
}
