import type { RequirementResult, Status } from '../../engine/interface/events.ts';
import { byGroup } from '../summary/by-group.ts';
import { failsAt } from '../summary/verdict.ts';
import { grouped, table } from '../writing/layout.ts';
import type { Summary } from '../summary/summary.ts';
import { visible } from '../writing/visible.ts';

interface Column {
  readonly heading: string;
  readonly counts: (result: RequirementResult) => boolean;
  /** Shown even when nothing falls into it. */
  readonly always: boolean;
}

function withStatus(heading: string, status: Status, always = false): Column {
  return { heading, counts: (result) => result.status === status, always };
}

function columnsFor(summary: Summary): readonly Column[] {
  const fails = (result: RequirementResult): boolean => failsAt(result.level, summary.policy.failOn);
  return [
    withStatus('pass', 'pass', true),
    { heading: 'fail', counts: (result) => result.status === 'fail' && fails(result), always: true },
    { heading: 'warn', counts: (result) => result.status === 'fail' && !fails(result), always: true },
    withStatus('known', 'expected-fail'),
    withStatus('fixed', 'unexpected-pass'),
    withStatus('flaky', 'flaky'),
    withStatus('not exercised', 'not-exercised', true),
    withStatus('unsupported', 'unsupported', true),
    withStatus('skipped', 'skipped'),
    withStatus('unknown', 'indeterminate'),
    withStatus('error', 'harness-error'),
  ];
}

/** One row per group of requirements: how many, how often they were checked, and how they came out. */
export function groupsTable(summary: Summary): readonly string[] {
  // What the settings left out whole says nothing.
  const groups = byGroup(summary.requirements).filter(([, all]) => all.some(({ status }) => status !== 'skipped'));
  const shown = groups.flatMap(([, all]) => all);
  const columns = columnsFor(summary).filter((column) => column.always || shown.some(column.counts));
  const row = (name: string, results: readonly RequirementResult[]): readonly string[] => [
    name,
    grouped(results.length),
    grouped(results.reduce((sum, result) => sum + result.exercised, 0)),
    ...columns.map((column) => {
      const count = results.filter(column.counts).length;
      return count === 0 ? '-' : grouped(count);
    }),
  ];
  return table(
    [
      ['group', 'requirements', 'checks', ...columns.map((column) => column.heading)],
      ...groups.map(([name, results]) => row(visible(name, 40), results)),
      ...(groups.length > 1 ? [row('all', shown)] : []),
    ],
    '  ',
  );
}
