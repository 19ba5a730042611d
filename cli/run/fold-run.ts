import { join } from 'node:path';
import type { RunEvent } from '../../engine/interface/events.ts';
import { applyKnownFailures } from '../../reports/known-failures/apply.ts';
import type { KnownFailure } from '../../reports/known-failures/known-failures.ts';
import { createEventLog } from '../../reports/log/event-log.ts';
import { type FindingContext, writeFinding } from '../../reports/log/finding-files.ts';
import { createSummary, type Summary } from '../../reports/summary/summary.ts';
import type { Policy } from '../../reports/summary/verdict.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import type { ReportKind } from '../settings/settings.ts';
import { reportFiles } from './report-files.ts';

/** What to make of the events of a run. */
export interface Folding {
  readonly folder: string;
  readonly kinds: readonly ReportKind[];
  /** The file of the repository that SARIF results point at. */
  readonly location: string;
  readonly known: readonly KnownFailure[] | undefined;
  readonly policy: Policy;
  /** Writes events.ndjson and the files of the findings as the events come, so that a run cut short leaves what it saw. */
  readonly record?: Omit<FindingContext, 'seed'>;
  readonly watch?: (event: RunEvent) => void;
}

/** Reads the events of a run to their end, and writes the files that a run has; resolves to its summary. */
export async function foldRun(events: AsyncIterable<RunEvent>, folding: Folding): Promise<Summary> {
  const { folder, kinds, location, known, policy, record, watch = () => {} } = folding;
  const files = await reportFiles(kinds, folder, location);
  const fold = createSummary();
  const log = record && createEventLog(join(folder, 'events.ndjson'));
  try {
    for await (const event of events) {
      await log?.write(event);
      for (const reader of [fold.event, files.event, watch]) reader(event);
      if (record !== undefined && event.kind === 'finding')
        await writeFinding(folder, event.finding, { ...record, seed: event.finding.seed });
    }
  } finally {
    await log?.close();
  }
  const judged = fold.result(policy);
  const ids = allRequirements.map(({ id }) => id);
  const summary = known === undefined ? judged : applyKnownFailures(judged, known, ids);
  if (record !== undefined || kinds.includes('json'))
    await writeFileAtomic(join(folder, 'summary.json'), summaryText(summary));
  await files.write(summary);
  return summary;
}

/** The content of summary.json. */
export function summaryText(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}
