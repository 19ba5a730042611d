import { join } from 'node:path';
import type { Finding, RunEvent } from '../../engine/interface/events.ts';
import type { RunContext, RunOptions } from '../../engine/interface/options.ts';
import { missedFindings, withReplays } from '../../reports/log/replays.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import type { Kept } from './corpus.ts';

/** Writes `replay.json`, as `replay --output json` prints it: `compare` reads from it what was fixed. */
export async function writeReplays(folder: string, kept: readonly Kept[], { info }: RunContext): Promise<void> {
  const results = kept.flatMap(({ replay }) => replay ?? []);
  if (results.length === 0) return;
  await writeFileAtomic(join(folder, 'replay.json'), `${JSON.stringify({ target: info, results }, null, 2)}\n`);
}

/** The options with what the replays left of the requests. */
export function within(options: RunOptions, kept: readonly Kept[]): RunOptions {
  if (options.maxRequests === undefined) return options;
  const sent = kept.reduce((sum, { replay }) => sum + (replay?.requests ?? 0), 0);
  return { ...options, maxRequests: Math.max(1, options.maxRequests - sent) };
}

/** The events of a run with its replays told after the header, and what only they have shown before the footer. */
export async function* withCorpus(events: AsyncIterable<RunEvent>, kept: readonly Kept[]): AsyncIterable<RunEvent> {
  const earlier = kept.map(({ stored, replay }) => ({ finding: stored.finding, replay }));
  const found: Finding[] = [];
  for await (const event of events) {
    if (event.kind === 'finding') found.push(event.finding);
    if (event.kind === 'run-finished') {
      const missed = event.stopped === 'unreachable' ? [] : missedFindings(earlier, found);
      for (const finding of missed) yield { kind: 'finding', at: event.at, finding };
      yield withReplays(event, earlier, missed);
      continue;
    }
    yield event;
    if (event.kind !== 'run-started') continue;
    for (const { replay } of kept) if (replay !== null) yield { kind: 'replayed', at: event.at, replay };
  }
}
