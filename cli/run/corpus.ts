import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplayResult } from '../../engine/interface/events.ts';
import type { RunContext, RunOptions } from '../../engine/interface/options.ts';
import { openReplays } from '../../engine/run/replay.ts';
import { readFinding } from '../../reports/log/finding-files.ts';
import type { FindingFile } from '../../reports/log/finding-files.ts';
import { visible } from '../../reports/writing/visible.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import { catalogue } from '../../suites/catalogue.ts';
import { UsageError } from '../common/usage-error.ts';

/** A finding of an earlier run and what became of it; `replay` null: it was not run again. */
export interface Kept {
  readonly stored: FindingFile;
  readonly replay: ReplayResult | null;
}

/** FIXED says so many replays in a row without a failure. */
const ATTEMPTS = 3;

/** More are left for the next runs: a run must stay cheap. */
const MOST = 50;

/** Where a report directory keeps the findings that were not seen fixed. */
const FOLDER = 'corpus';

/**
 * The findings of earlier runs, one per failure key: those of the report directory, or of the directory that `--corpus`
 * names, itself a report directory or a folder of findings. Throws a UsageError for a named one that holds none.
 */
export async function readCorpus(folder: string, named?: string): Promise<readonly FindingFile[]> {
  const from = named ?? folder;
  if (named !== undefined && !existsSync(named)) throw new UsageError(`--corpus: there is no directory ${named}.`);
  const directories = [join(from, 'findings'), join(from, FOLDER), ...(named === undefined ? [] : [named])];
  const paths = directories.filter(existsSync).flatMap((directory) => {
    const names = readdirSync(directory).filter((name) => /^F-.*\.json$/.test(name));
    return names.toSorted().map((name) => join(directory, name));
  });
  const byKey = new Map<string, FindingFile>();
  for (const path of paths) {
    const stored = await readStored(path, named !== undefined);
    if (stored !== null && !byKey.has(stored.finding.key)) byKey.set(stored.finding.key, stored);
  }
  return [...byKey.values()];
}

/** A file of the user's must be right; one that an earlier run left may be of another version and is passed over. */
async function readStored(path: string, strict: boolean): Promise<FindingFile | null> {
  try {
    return await readFinding(path);
  } catch (error) {
    if (!strict) return null;
    throw new UsageError(`--corpus: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Runs the findings of the selected requirements again, before the run and apart from it: its sequences stay the same. */
export async function replayCorpus(
  corpus: readonly FindingFile[],
  options: RunOptions,
  context: RunContext,
): Promise<readonly Kept[]> {
  // That the embedded endpoint does not show another server's fault does not make it fixed.
  const selected = ({ finding, target }: FindingFile): boolean =>
    options.requirements.includes(finding.requirement) && target.embedded === context.info.embedded;
  const chosen = new Set(corpus.filter(selected).slice(0, MOST));
  if (chosen.size === 0) return corpus.map((stored) => ({ stored, replay: null }));
  // What the run creates later must be new: other names.
  const runId = createHash('sha256').update(context.runId).digest('hex').slice(0, 8);
  const replays = await openReplays(catalogue, options, { ...context, runId });
  // The run is about to say so itself.
  if (replays.problem !== null) return corpus.map((stored) => ({ stored, replay: null }));
  const aborted = (): boolean => context.signal?.aborted === true;
  const kept: Kept[] = [];
  let before = 0;
  for (const stored of corpus) {
    if (!chosen.has(stored) || aborted()) {
      kept.push({ stored, replay: null });
      continue;
    }
    const { id, key, requirement } = stored.finding;
    const replayed = await replays.replay(stored.finding, ATTEMPTS);
    // What an interrupt cut short says nothing of the target.
    const cut = replayed.verdict === 'ERROR' && aborted();
    const sent = replays.requests();
    kept.push({ stored, replay: cut ? null : { id, key, requirement, ...replayed, requests: sent - before } });
    before = sent;
  }
  await replays.close();
  return kept;
}

/** Keeps in the report directory what was not seen fixed, until a later run sees it: the findings there are about to go. */
export async function keepCorpus(folder: string, kept: readonly Kept[]): Promise<void> {
  const directory = join(folder, FOLDER);
  const open = kept.filter(({ replay }) => replay?.verdict !== 'FIXED');
  const files = open.map(({ stored }) => {
    const hash = createHash('sha256').update(stored.finding.key).digest('hex').slice(0, 12);
    return { name: `F-${hash}.json`, text: `${JSON.stringify(stored, null, 2)}\n` };
  });
  if (files.length > 0) mkdirSync(directory, { recursive: true });
  for (const { name, text } of files) await writeFileAtomic(join(directory, name), text);
  if (!existsSync(directory)) return;
  const names = new Set(files.map(({ name }) => name));
  for (const name of readdirSync(directory).filter((each) => /^F-.*\.json$/.test(each) && !names.has(each))) {
    rmSync(join(directory, name));
  }
  if (files.length === 0 && readdirSync(directory).length === 0) rmSync(directory, { recursive: true });
}

/** What a replay says to a person, in one or two lines; ends in a line end. */
export function sayReplay({ id, requirement, verdict, text, moved }: ReplayResult): string {
  const step =
    moved === undefined
      ? ''
      : `; call ${moved.step} answered ${visible(moved.was, 120)}, now ${visible(moved.is, 120)}`;
  return `replay ${visible(id)} ${visible(requirement)}: ${verdict}, ${verdict === 'FAILED' ? 'as before' : visible(text, 200)}${step}\n`;
}
