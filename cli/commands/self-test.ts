import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import { mutants } from '../../targets/mutants/catalogue.ts';
import type { Action } from '../settings/command.ts';
import { reportFolder } from '../run/report-folder.ts';
import type { Job } from '../self-test/judge-mutant.ts';
import { drawSets } from '../self-test/draw-sets.ts';
import type { SetJob } from '../self-test/judge-set.ts';
import type { Row } from '../self-test/row.ts';
import { runJobs } from '../self-test/run-jobs.ts';
import { sayTable } from '../self-test/say-table.ts';
import { exitCodeOf, setTotalsOf, totalsOf } from '../self-test/totals.ts';
import { isSet } from '../self-test/work.ts';
import { writeTable } from '../self-test/write-table.ts';
import type { Settings } from '../settings/settings.ts';
import { suggest } from '../common/suggest.ts';
import { UsageError } from '../common/usage-error.ts';
import { toolVersion } from '../common/version.ts';

/** `self-test`: the suite against every mutant of the embedded endpoint; ends with 1 when one is not killed. */
export const selfTest: Action = async ({ words, settings, terminal }) => {
  const { preset = 'ci', report = [] } = settings;
  const other = report.find((kind) => kind !== 'md' && kind !== 'json');
  if (other !== undefined) throw new UsageError(`--report: self-test writes json and md, not ${other}.`);
  const seed = settings.seed ?? randomInt(0x8000_0000);
  const { pairs = 0, tens = 0 } = settings;
  const sets = [
    { size: 2, many: pairs },
    { size: 10, many: tens },
  ].flatMap(({ size, many }) => drawSets(mutants, size, many, seed).map((set): SetJob => ({ set, seed, preset })));
  const jobs = [...jobsFor([...words, ...(settings.mutant ?? [])], seed, preset), ...sets];
  let done = 0;
  // Races wait for real: one thread more keeps the processors busy.
  const threads = settings.concurrency ?? availableParallelism() + 1;
  const rows = await runJobs(jobs, threads, (row) => {
    done += 1;
    if (settings.quiet !== true && settings.noProgress !== true) {
      const said = isSet(row) ? `${row.set.join(' + ')}: ${row.named.length} named` : `${row.id}: ${row.outcome}`;
      terminal.err(`${done} of ${jobs.length} ${said}\n`);
    }
  });
  const single = rows.filter((row): row is Row => !isSet(row));
  const several = [2, 10].map((size) => rows.filter(isSet).filter(({ set }) => set.length === size));
  const totals = totalsOf(single);
  const setTotals = several.map(setTotalsOf);
  const exitCode = exitCodeOf(totals, setTotals);
  const tool = { name: 'cognito-sync-conformance', version: toolVersion() };
  const json = `${JSON.stringify({ schemaVersion: 1, tool, seed, preset, exitCode, totals, mutants: single, sets: several.flat() }, null, 2)}\n`;
  await writeFiles(settings, json, writeTable(single, totals, { seed, preset }, several));
  terminal.out(settings.output === 'json' ? json : `${sayTable(single, totals, setTotals)}seed ${seed}\n`);
  return exitCode;
};

/** All mutants and the endpoint without a fault, or only the mutants that were named. */
function jobsFor(named: readonly string[], seed: number, preset: Job['preset']): readonly Job[] {
  const known = mutants.map(({ id }) => id);
  const unknown = named.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(`there is no mutant ${JSON.stringify(unknown)}.${suggest(unknown, known)}`);
  }
  const chosen: readonly (string | null)[] = named.length === 0 ? [null, ...known] : [...new Set(named)];
  return chosen.map((mutant) => ({ mutant, seed, preset }));
}

async function writeFiles({ report = [], reportDir }: Settings, json: string, markdown: string): Promise<void> {
  if (report.length === 0) return;
  const folder = reportFolder(reportDir);
  if (report.includes('json')) await writeFileAtomic(join(folder, 'kill-table.json'), json);
  if (report.includes('md')) await writeFileAtomic(join(folder, 'kill-table.md'), markdown);
}
