import type {
  ChoiceResult,
  Finding,
  Ledger,
  ReplayResult,
  RequirementResult,
  RunEvent,
  Stopped,
  TargetInfo,
  Traffic,
} from '../../engine/interface/events.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { judge } from './verdict.ts';
import type { Policy, Verdict } from './verdict.ts';
import { unjudged } from './partial-run.ts';
import type { Tally } from './partial-run.ts';

/** The content of summary.json; `specs/summary.schema.json` is its JSON Schema. */
export interface Summary {
  readonly schemaVersion: 1;
  /** False when the log has no footer: the run was cut off and nothing in it counts as passed. */
  readonly complete: boolean;
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: {
    readonly id: string;
    readonly seed: number;
    readonly preset: string;
    readonly startedAt: string;
    /** Which part of a run this is, with `--shard`. */
    readonly shard?: { readonly index: number; readonly of: number };
    readonly durationMs: number;
    readonly stopped: Stopped;
  };
  readonly target: TargetInfo;
  readonly traffic: Traffic;
  /** What the verdict was judged by. */
  readonly policy: Policy;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Why this exit code, one sentence. */
  readonly exitReason: string;
  /** The sentence that explains why nothing was judged, or null. */
  readonly error: string | null;
  readonly choices: readonly ChoiceResult[];
  readonly requirements: readonly RequirementResult[];
  readonly findings: readonly Finding[];
  /** Where every violated check ended; none in a log without a footer. */
  readonly ledger?: Ledger;
  readonly unsupported: readonly { readonly operation: Operation; readonly evidence: string }[];
  readonly notes: readonly { readonly level: 'info' | 'warning'; readonly text: string }[];
  /** Findings of earlier runs that were run again first; none where there were none. */
  readonly replays?: readonly ReplayResult[];
  /** Entries of the known-failures file that matched nothing in the run. */
  readonly unmatchedKnownFailures?: readonly string[];
}

/** Notes beyond this many are dropped; the event log keeps them all. */
const MOST_NOTES = 100;

type Started = Extract<RunEvent, { kind: 'run-started' }>;
type Finished = Extract<RunEvent, { kind: 'run-finished' }>;

/** A fold over the events of one run, in constant memory but for the findings. */
export interface SummaryFold {
  event(event: RunEvent): void;
  /** The summary of what was seen so far. Throws an Error when no `run-started` came. */
  result(policy: Policy): Summary;
}

export function createSummary(): SummaryFold {
  let started: Started | undefined;
  let finished: Finished | undefined;
  let lastAt = 0;
  let requests = 0;
  let sequences = 0;
  const findings = new Map<string, Finding>();
  const tallies = new Map<string, Tally>();
  const choices = new Map<string, ChoiceResult>();
  const unsupported = new Map<Operation, string>();
  const replays: ReplayResult[] = [];
  const notes: { level: 'info' | 'warning'; text: string }[] = [];

  const tally = (requirement: string): Tally => {
    const known = tallies.get(requirement) ?? { exercised: 0, sightings: 0 };
    tallies.set(requirement, known);
    return known;
  };

  return {
    event(event) {
      lastAt = Math.max(lastAt, event.at);
      switch (event.kind) {
        case 'run-started':
          started = event;
          break;
        case 'run-finished':
          finished = event;
          break;
        case 'choice-learned':
          choices.set(event.choice.id, event.choice);
          break;
        case 'unsupported':
          unsupported.set(event.operation, event.evidence);
          break;
        case 'sequence-finished':
          sequences += 1;
          requests += event.requests;
          for (const [requirement, times] of Object.entries(event.exercised)) tally(requirement).exercised += times;
          break;
        case 'sighting':
          tally(event.requirement).sightings += 1;
          break;
        case 'finding':
          findings.set(event.finding.id, event.finding);
          break;
        case 'replayed':
          replays.push(event.replay);
          break;
        case 'note':
          if (notes.length < MOST_NOTES) notes.push({ level: event.level, text: event.text });
          break;
        case 'phase':
        case 'latency':
          break;
      }
    },

    result(policy) {
      if (started === undefined) throw new Error('the event log has no header: no run-started event');
      const all = [...findings.values()];
      const durationMs = finished?.durationMs ?? Math.max(0, lastAt - started.at);
      const perSecond = durationMs > 0 ? (requests * 1000) / durationMs : 0;
      const traffic = finished?.traffic ?? {
        requests,
        sequences,
        requestsPerSecond: Math.round(perSecond * 10) / 10,
        shrinkRequests: all.reduce((sum, finding) => sum + finding.shrink.requests, 0),
      };
      const evidence = {
        complete: finished !== undefined,
        run: { ...started.run, durationMs, stopped: finished?.stopped ?? 'interrupted' },
        error: finished?.error ?? null,
        choices: finished?.choices ?? [...choices.values()],
        requirements: withEveryFinding(
          finished?.requirements ?? [],
          finished ? [] : started.requirements,
          tallies,
          all,
        ),
      };
      return {
        schemaVersion: 1,
        tool: started.tool,
        target: started.target,
        traffic,
        policy,
        ...evidence,
        ...judge(evidence, policy),
        findings: all,
        ...(finished?.ledger === undefined ? {} : { ledger: finished.ledger }),
        unsupported: Array.from(unsupported, ([operation, seen]) => ({ operation, evidence: seen })),
        notes: [...notes],
        ...(replays.length === 0 ? {} : { replays: [...replays] }),
      };
    },
  };
}

/** The results as judged, then those only announced, then those that only a finding names: no finding is lost. */
function withEveryFinding(
  judged: readonly RequirementResult[],
  announced: Started['requirements'],
  tallies: ReadonlyMap<string, Tally>,
  findings: readonly Finding[],
): readonly RequirementResult[] {
  const known = new Set([...judged, ...announced].map((requirement) => requirement.id));
  const unnamed = new Map(
    findings
      .filter((finding) => !known.has(finding.requirement))
      .map(({ requirement, level, title }) => [
        requirement,
        { id: requirement, group: requirement.split('/')[0] ?? requirement, level, title },
      ]),
  );
  const rest = [...announced, ...unnamed.values()].map((requirement) =>
    unjudged(
      requirement,
      tallies.get(requirement.id),
      findings.filter((finding) => finding.requirement === requirement.id),
    ),
  );
  return [...judged, ...rest];
}

/** The summary of one run's events; see `createSummary` for a run that is still going. */
export function summarise(events: Iterable<RunEvent>, policy: Policy): Summary {
  const fold = createSummary();
  for (const event of events) fold.event(event);
  return fold.result(policy);
}

/** The same summary judged again, after its requirements, choices or policy were changed. */
export function rejudge(summary: Summary): Summary {
  return { ...summary, ...judge(summary, summary.policy) };
}
