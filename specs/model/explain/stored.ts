import type { Disposition } from '../state/disposition.ts';
import type { AtRefusal, AtUpdate } from '../state/rules.ts';
import type { RefusedTrace } from '../state/refused-trace.ts';
import type { Hypothesis } from './hypothesis.ts';

function stores(
  id: string,
  requirement: string,
  says: string,
  keep: (effects: readonly Disposition[], at: AtUpdate) => readonly Disposition[],
): Hypothesis {
  return {
    id: `store/${id}`,
    requirement,
    says,
    override: ({ stored }) => ({ stored: (effects, at) => keep(stored(effects, at), at) }),
  };
}

const lost = 'record/update-is-stored';
const without = (index: number) => (effects: readonly Disposition[]) => effects.filter((_, at) => at !== index);
const changes = ({ record, value, effect }: Disposition): boolean =>
  effect === 'write' && record !== undefined && record.value !== value;

/** What a server may lose or mix up of an update that it accepts. */
const accepted: readonly Hypothesis[] = [
  stores('nothing', lost, 'accepts updates and stores nothing', () => []),
  stores('last-only', lost, 'stores only the last record of a batch', (effects) => effects.slice(-1)),
  stores('first-only', lost, 'stores only the first record of a batch', (effects) => effects.slice(0, 1)),
  stores('not-the-first', lost, 'does not store the first record of a batch', (effects) =>
    effects.length > 1 ? effects.slice(1) : effects,
  ),
  stores('not-the-last', lost, 'does not store the last record of a batch', (effects) =>
    effects.length > 1 ? effects.slice(0, -1) : effects,
  ),
  ...[1, 2, 3, 4].map((index) =>
    stores(`not-${index + 1}`, lost, `does not store patch ${index + 1} of a batch`, without(index)),
  ),
  ...[2, 3].map((index) =>
    stores(`not-${index}-inside`, lost, `does not store patch ${index} of a batch that has more`, (effects) =>
      effects.length > index ? without(index - 1)(effects) : effects,
    ),
  ),
  ...[5, 10, 20, 25, 50, 100].map((most) =>
    stores(`first-${most}`, lost, `stores only the first ${most} patches of a batch`, (effects) =>
      effects.slice(0, most),
    ),
  ),
  stores('creates-only', lost, 'stores new records only: a record that exists keeps its value', (effects) =>
    effects.filter(({ record }) => record === undefined),
  ),
  stores('existing-keeps-value', lost, 'keeps the old value of a record that exists', (effects) =>
    effects.map((one) =>
      changes(one) && one.value !== null && one.record?.value !== null
        ? { ...one, value: one.record?.value ?? one.value }
        : one,
    ),
  ),
  stores('removals-lost', lost, 'accepts removals and does not store them', (effects) =>
    effects.filter(({ value }) => value !== null),
  ),
  stores('removals-keep-value', 'record/removed-has-no-value', 'keeps the value of a removed record', (effects) =>
    effects.map((one) => (one.value === null ? { ...one, value: one.record?.value ?? null } : one)),
  ),
  stores('same-value-for-all', lost, 'gives all records of a batch the value of the last', (effects) =>
    effects.map((one) => ({ ...one, value: effects.at(-1)?.value ?? one.value })),
  ),
  stores('first-value-for-all', lost, 'gives all records of a batch the value of the first', (effects) =>
    effects.map((one) => ({ ...one, value: effects[0]?.value ?? one.value })),
  ),
  stores('proto-key-lost', 'record/key-exact', 'does not store a record with the key __proto__', (effects) =>
    effects.filter(({ patch }) => patch.key !== '__proto__'),
  ),
  ...[2, 3, 4, 5, 10].map((every) =>
    stores(`every-${every}`, lost, `loses every ${every}th update of a dataset`, (effects, { dataset }) =>
      (dataset.updates + 1) % every === 0 ? [] : effects,
    ),
  ),
  {
    id: 'store/replaces-dataset',
    requirement: 'sync-count/untouched-records-keep',
    says: 'drops the records that an update does not name',
    override: ({ shown }) => ({
      shown(dataset, listing) {
        const known = shown(dataset, listing);
        return { ...known, records: new Map([...known.records].filter(([, record]) => record.count === known.count)) };
      },
    }),
  },
  {
    id: 'store/untouched-rise',
    requirement: 'sync-count/untouched-records-keep',
    says: 'gives the count of an update to every record of the dataset',
    override: ({ shown }) => ({
      shown(dataset, listing) {
        const known = shown(dataset, listing);
        return {
          ...known,
          records: new Map([...known.records].map(([key, record]) => [key, { ...record, count: known.count }])),
        };
      },
    }),
  },
];

type Part = readonly [id: string, says: string, of: (all: readonly Disposition[]) => readonly Disposition[]];

const isGood = ({ effect }: Disposition): boolean => effect === 'write';
const firstBad = (all: readonly Disposition[]): number => {
  const at = all.findIndex((one) => !isGood(one));
  return at === -1 ? all.length : at;
};

const parts: readonly Part[] = [
  ['before', 'stores the patches before the one for which it refuses an update', (all) => all.slice(0, firstBad(all))],
  [
    'after',
    'stores the patches after the one for which it refuses an update',
    (all) => all.slice(firstBad(all) + 1).filter(isGood),
  ],
  ['good', 'stores the good patches of an update that it refuses', (all) => all.filter(isGood)],
  ['all', 'stores an update that it refuses', (all) => all],
];

const reasons: readonly (readonly [
  id: string,
  says: string,
  requirement: string,
  is: (because: RefusedTrace['because']) => boolean,
])[] = [
  ['conflict', 'for a conflict', 'conflict/refused-changes-nothing', (because) => because === 'conflict'],
  [
    'patch',
    'for one of its patches',
    'conflict/refused-changes-nothing',
    (because) => because === 'conflict' || because === 'choice',
  ],
  ['anything', 'for whatever reason', 'conflict/refused-changes-nothing', () => true],
  ['token', 'for its session token', 'session-token/refusal-changes-nothing', (because) => because === 'token'],
  ...(['validation', 'quota', 'wire', 'authorization'] as const).map((group) => {
    const says = {
      validation: 'for an illegal member',
      quota: 'for a quota',
      wire: 'because it cannot be read',
      authorization: 'for its signature',
    }[group];
    const requirement = `${group}/refusal-stores-nothing`;
    return [
      group,
      says,
      requirement,
      (because: RefusedTrace['because']) => typeof because === 'object' && because.demand === requirement,
    ] as const;
  }),
];

interface LeakSpec {
  readonly is: (at: AtRefusal) => boolean;
  readonly of: Part[2];
  readonly raises: boolean;
  readonly creates: boolean;
}

function leaks(id: string, requirement: string, says: string, { is, of, raises, creates }: LeakSpec): Hypothesis {
  return {
    id: `refusal/${id}`,
    requirement,
    says,
    override: ({ refused }) => ({
      refused(at) {
        if (!is(at)) return refused(at);
        const stored = of(at.all);
        return { stored, raises: raises && (stored.length > 0 || creates), creates: creates || stored.length > 0 };
      },
    }),
  };
}

/** What a server may leave behind of an update that it refuses. */
const refusals: readonly Hypothesis[] = reasons.flatMap(([reason, why, requirement, concernedBy]) => {
  const is = ({ because }: AtRefusal): boolean => concernedBy(because);
  const of: Part[2] = () => [];
  return [
    ...parts.flatMap(([part, says, stored]) =>
      [true, false].map((raises) =>
        leaks(`${reason}-${part}${raises ? '' : '-at-old-count'}`, requirement, `${says} ${why}`, {
          is,
          of: stored,
          raises,
          creates: false,
        }),
      ),
    ),
    leaks(`${reason}-raises`, requirement, `raises the sync count of a dataset when it refuses an update ${why}`, {
      is: (at) => is(at) && at.dataset.exists,
      of,
      raises: true,
      creates: true,
    }),
    leaks(`${reason}-creates`, requirement, `creates a dataset when it refuses an update ${why}`, {
      is,
      of,
      raises: false,
      creates: true,
    }),
  ];
});

export const storedHypotheses: readonly Hypothesis[] = [...accepted, ...refusals];
