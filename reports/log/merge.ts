import type {
  ChoiceResult,
  RequirementResult,
  RunEvent,
  Status,
  Stopped,
  Traffic,
  Ledger,
} from '../../engine/interface/events.ts';
import { readEvents } from './event-log.ts';
import { mergeFindings } from './merge-findings.ts';
import type { MergedFindings } from './merge-findings.ts';

export type Started = Extract<RunEvent, { kind: 'run-started' }>;
export type Finished = Extract<RunEvent, { kind: 'run-finished' }>;

/** One part of a run made with `--shard I/N`, without what happened in between. */
export interface Part {
  /** Its events.ndjson. */
  readonly log: string;
  readonly started: Started;
  readonly finished: Finished;
  readonly findings: readonly Extract<RunEvent, { kind: 'finding' }>[];
}

/** Reads what a merge must know of a part. Throws an Error for a run that was cut off or was made without `--shard`. */
export async function readPart(log: string): Promise<Part> {
  let started: Started | undefined;
  let finished: Finished | undefined;
  const findings: Extract<RunEvent, { kind: 'finding' }>[] = [];
  for await (const event of readEvents(log)) {
    if (event.kind === 'run-started') started = event;
    else if (event.kind === 'run-finished') finished = event;
    else if (event.kind === 'finding') findings.push(event);
  }
  if (started?.run.shard === undefined) throw new Error(`${log}: not a part of a run: it was made without --shard`);
  if (finished === undefined) throw new Error(`${log}: the run was cut off, so what it shows is not all of its part`);
  return { log, started, finished, findings };
}

/** Why these are not the parts of one run, or null. */
export function mismatch(parts: readonly Part[]): string | null {
  const [first] = parts;
  if (first === undefined) return 'there is nothing to merge';
  const told: readonly (readonly [string, (part: Part) => unknown])[] = [
    ['versions', ({ started }) => started.tool.version],
    [
      'targets',
      // The embedded endpoint listens somewhere else each time.
      ({ started: { target } }) => (target.embedded ? `embedded ${target.region}` : Object.values(target)),
    ],
    ['seeds', ({ started }) => started.run.seed],
    ['presets', ({ started }) => [started.run.preset, started.plannedSequences]],
    ['requirements', ({ started }) => started.requirements.map(({ id }) => id)],
    ['numbers of shards', ({ started }) => started.run.shard?.of],
  ];
  for (const [what, of] of told) {
    const other = parts.find((part) => JSON.stringify(of(part)) !== JSON.stringify(of(first)));
    if (other !== undefined) return `${first.log} and ${other.log} have different ${what}`;
  }
  const all = first.started.run.shard?.of ?? 0;
  const indices = parts.map(({ started }) => started.run.shard?.index ?? 0);
  const twice = indices.find((index, at) => indices.indexOf(index) !== at);
  if (twice !== undefined) return `shard ${twice}/${all} is there twice`;
  const missing = Array.from({ length: all }, (_, index) => index + 1).filter((index) => !indices.includes(index));
  if (missing.length > 0) return `shard ${missing.map((index) => `${index}/${all}`).join(', ')} is missing`;
  const options = new Map<string, string>();
  for (const { id, option } of parts.flatMap(({ finished }) => finished.choices)) {
    if (option === 'unknown') continue;
    const known = options.get(id);
    if (known !== undefined && known !== option)
      return `the shards met different targets: ${id} is ${known} for one and ${option} for another`;
    options.set(id, option);
  }
  return null;
}

/** The events of the whole run: one header, what the parts saw in their order, one footer. `parts` must match. */
export async function* mergedEvents(unordered: readonly Part[]): AsyncIterable<RunEvent> {
  const parts = [...unordered].sort((a, b) => (a.started.run.shard?.index ?? 0) - (b.started.run.shard?.index ?? 0));
  const [first] = parts;
  if (first === undefined) throw new Error('there is nothing to merge');
  const { shard: _, ...run } = first.started.run;
  yield { ...first.started, run };
  const findings = mergeFindings(parts.map((part) => part.findings.map(({ finding }) => finding)));
  const latencies = new Map<string, Extract<RunEvent, { kind: 'latency' }>>();
  for (const part of parts) {
    // As if all had begun together.
    const shift = first.started.at - part.started.at;
    for await (const event of readEvents(part.log)) {
      if (event.kind === 'latency') latencies.set(event.operation, added(latencies.get(event.operation), event));
      else if (event.kind === 'phase' ? part === first : !merged.has(event.kind))
        yield { ...event, at: event.at + shift };
    }
  }
  const finished = footer(parts, findings);
  for (const finding of findings.all) yield { kind: 'finding', at: finished.at, finding };
  for (const event of latencies.values()) yield { ...event, at: finished.at };
  yield finished;
}

/** Told once for the whole run. */
const merged: ReadonlySet<RunEvent['kind']> = new Set(['run-started', 'run-finished', 'finding', 'latency']);

type Latency = Extract<RunEvent, { kind: 'latency' }>;

function added(known: Latency | undefined, event: Latency): Latency {
  if (known === undefined) return event;
  const counts = new Map(known.buckets);
  for (const [bound, count] of event.buckets) counts.set(bound, (counts.get(bound) ?? 0) + count);
  return { ...event, buckets: [...counts].sort(([a], [b]) => a - b) };
}

const endings: readonly Stopped[] = ['interrupted', 'unreachable', 'budget', 'complete'];

function footer(parts: readonly Part[], findings: MergedFindings): Finished {
  const ends = parts.map(({ finished }) => finished);
  const [first] = parts;
  const durationMs = Math.max(...ends.map((end) => end.durationMs));
  const sum = (of: (traffic: Traffic) => number): number => ends.reduce((total, end) => total + of(end.traffic), 0);
  const requests = sum((traffic) => traffic.requests);
  return {
    kind: 'run-finished',
    at: (first?.started.at ?? 0) + durationMs,
    durationMs,
    stopped: endings.find((ending) => ends.some((end) => end.stopped === ending)) ?? 'complete',
    traffic: {
      requests,
      sequences: sum((traffic) => traffic.sequences),
      requestsPerSecond: Math.round((requests * 1000) / Math.max(1, durationMs)),
      shrinkRequests: sum((traffic) => traffic.shrinkRequests),
    },
    choices: mergedChoices(ends),
    requirements: (ends[0]?.requirements ?? []).map(({ id }) => {
      const results = ends.flatMap((end, part) =>
        end.requirements
          .filter((result) => result.id === id)
          .map((result) => ({
            ...result,
            findings: result.findings.map((old) => findings.idOf(part, old)),
            ...(result.because === undefined ? {} : { because: findings.idOf(part, result.because) }),
          })),
      );
      return mergedResult(results);
    }),
    ...mergedLedger(ends, findings),
    error: ends.find((end) => end.error !== null)?.error ?? null,
  };
}

/** The ledgers of all parts in one; none where a part has none, since the sums would not be those of the run. */
function mergedLedger(ends: readonly Finished[], findings: MergedFindings): { readonly ledger?: Ledger } {
  const ledgers = ends.flatMap(({ ledger }) => ledger ?? []);
  if (ledgers.length < ends.length) return {};
  const sum = (of: (ledger: Ledger) => number): number => ledgers.reduce((total, ledger) => total + of(ledger), 0);
  const byFinding = ledgers.flatMap((ledger, part) =>
    ledger.byFinding.map((one) => ({ ...one, finding: findings.idOf(part, one.finding) })),
  );
  return {
    ledger: {
      violations: sum(({ violations }) => violations),
      byFinding: summed(byFinding, ({ finding, requirement }) => `${finding} ${requirement}`),
      flaky: summed(
        ledgers.flatMap(({ flaky }) => flaky),
        ({ requirement }) => requirement,
      ),
      cutOff: sum(({ cutOff }) => cutOff),
    },
  };
}

/** Rows with one name as one. */
function summed<T extends { readonly violations: number }>(rows: readonly T[], name: (row: T) => string): readonly T[] {
  const known = new Map<string, T>();
  for (const row of rows) {
    const before = known.get(name(row));
    known.set(name(row), { ...row, violations: row.violations + (before?.violations ?? 0) });
  }
  return [...known.values()];
}

function mergedChoices(ends: readonly Finished[]): readonly ChoiceResult[] {
  const choices = new Map<string, ChoiceResult>();
  for (const choice of ends.flatMap((end) => end.choices)) {
    const known = choices.get(choice.id);
    const told = known === undefined || known.option === 'unknown' ? choice : known;
    choices.set(choice.id, { ...told, observations: (known?.observations ?? 0) + choice.observations });
  }
  return [...choices.values()];
}

/** What counts for the whole if any part says it, the weightiest first. */
const weight: readonly Status[] = [
  'harness-error',
  'fail',
  'flaky',
  'indeterminate',
  'pass',
  'unsupported',
  'not-exercised',
  'skipped',
];

function mergedResult(results: readonly RequirementResult[]): RequirementResult {
  const [heaviest] = [...results].sort((a, b) => weight.indexOf(a.status) - weight.indexOf(b.status));
  if (heaviest === undefined) throw new Error('a requirement without a result');
  const sum = (of: (result: RequirementResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  // A finding of the requirement itself, in any part, is the cause that is nearest.
  const { because, ...rest } = heaviest;
  const hasOwn = results.some((one) => one.status === 'fail' && one.because === undefined);
  return {
    ...rest,
    ...(because === undefined || hasOwn ? {} : { because }),
    exercised: sum(({ exercised }) => exercised),
    // Which contexts the parts have in common is not known: at least so many.
    contexts: Math.max(...results.map(({ contexts }) => contexts)),
    violations: sum(({ violations }) => violations),
    findings: [...new Set(results.flatMap(({ findings }) => findings))].sort(),
  };
}
