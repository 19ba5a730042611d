import type { RequirementResult, Status } from '../../engine/interface/events.ts';
import type { Level } from '../../specs/types/contract-types.ts';
import { byGroup } from '../summary/by-group.ts';
import { type Verdict, failsAt } from '../summary/verdict.ts';
import type { Summary } from '../summary/summary.ts';

/** One run of a matrix, by the name that its reader gave it. */
export interface MatrixTarget {
  readonly name: string;
  readonly endpointUrl: string;
  readonly version: string;
  readonly preset: string;
  readonly startedAt: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
}

/** What the targets made of one requirement, in their order; null where a run does not have it. */
export interface MatrixRow {
  readonly id: string;
  readonly group: string;
  readonly level: Level;
  readonly title: string;
  readonly statuses: readonly (Status | null)[];
}

/** How many of a group each target was judged by, and how many of those it passed. */
export interface MatrixGroup {
  readonly group: string;
  readonly targets: readonly { readonly passed: number; readonly judged: number }[];
}

/** Several targets side by side; the content of matrix.json. */
export interface Matrix {
  readonly schemaVersion: 1;
  readonly targets: readonly MatrixTarget[];
  readonly groups: readonly MatrixGroup[];
  readonly requirements: readonly MatrixRow[];
  /** The option that each target took, null where it was not asked. */
  readonly choices: readonly {
    readonly id: string;
    readonly aws: string | null;
    readonly options: readonly (string | null)[];
  }[];
  /** Why the columns are not quite alike. */
  readonly cautions: readonly string[];
}

const PASSED: readonly Status[] = ['pass', 'unexpected-pass'];
const BROKEN: readonly Status[] = ['fail', 'expected-fail', 'flaky'];

/** Whether a status speaks against a target. */
export function isBroken(status: Status | null): boolean {
  return status !== null && BROKEN.includes(status);
}

/** Whether the targets differ in what was judged of them. */
export function differs({ statuses }: MatrixRow): boolean {
  return statuses.some(isBroken) && !statuses.every(isBroken);
}

/** Puts runs side by side. What a run fails below its own `--fail-on` is told like any other failure. */
export function matrixOf(runs: readonly { readonly name: string; readonly summary: Summary }[]): Matrix {
  const results = runs.map(({ summary }) => new Map(summary.requirements.map((result) => [result.id, result])));
  const known = new Map<string, RequirementResult>();
  for (const all of results) for (const [id, result] of all) if (!known.has(id)) known.set(id, result);
  const choices = new Map(runs.flatMap(({ summary }) => summary.choices.map((choice) => [choice.id, choice.aws])));
  return {
    schemaVersion: 1,
    targets: runs.map(({ name, summary: { target, tool, run, verdict, exitCode } }) => ({
      name,
      endpointUrl: target.embedded ? 'the embedded endpoint' : target.endpointUrl,
      version: tool.version,
      preset: run.preset,
      startedAt: run.startedAt,
      verdict,
      exitCode,
    })),
    groups: byGroup([...known.values()]).map(([group, members]) => ({
      group,
      targets: results.map((all) => {
        const statuses = members.flatMap(({ id }) => all.get(id)?.status ?? []);
        const passed = statuses.filter((status) => PASSED.includes(status)).length;
        return { passed, judged: passed + statuses.filter(isBroken).length };
      }),
    })),
    requirements: byGroup([...known.values()]).flatMap(([, members]) =>
      members.map(({ id, group, level, title }) => ({
        id,
        group,
        level,
        title,
        statuses: results.map((all) => all.get(id)?.status ?? null),
      })),
    ),
    choices: [...choices].map(([id, aws]) => ({
      id,
      aws,
      options: runs.map(({ summary }) => summary.choices.find((choice) => choice.id === id)?.option ?? null),
    })),
    cautions: cautions(runs.map(({ summary }) => summary)),
  };
}

function cautions(summaries: readonly Summary[]): readonly string[] {
  const differ = (what: string, of: (summary: Summary) => string): readonly string[] => {
    const values = [...new Set(summaries.map(of))];
    return values.length > 1 ? [`${what} differ: ${values.join(', ')}.`] : [];
  };
  return [
    ...differ('The versions', ({ tool }) => tool.version),
    ...differ('The presets', ({ run }) => run.preset),
    ...(summaries.some(({ complete, run }) => !complete || run.stopped !== 'complete')
      ? ['A run ended early: what it did not reach is not judged.']
      : []),
  ];
}

/** The requirements of the levels that fail a run by default and that some target breaks, most broken first. */
export function brokenRows({ requirements }: Matrix): readonly MatrixRow[] {
  const count = ({ statuses }: MatrixRow): number => statuses.filter(isBroken).length;
  return requirements
    .filter((row) => failsAt(row.level, 'relied-on') && row.statuses.some(isBroken))
    .toSorted((a, b) => count(b) - count(a));
}
