import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Ledger, LedgerEntry, PoolEntry } from '../../engine/interface/options.ts';

/** What a run created or was about to, and whether it is gone again. */
export interface LedgerFile {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly entries: readonly RecordedEntry[];
  /** Identity pools that a run made for itself. */
  readonly pools: readonly RecordedPool[];
}

/** `planned`: it may exist. */
interface Recorded {
  readonly state: 'planned' | 'deleted';
}

export interface RecordedEntry extends LedgerEntry, Recorded {}
export interface RecordedPool extends PoolEntry, Recorded {}

export interface FileLedger extends Ledger {
  /** Writes what is not yet in the file. */
  flush(): Promise<void>;
}

/**
 * A ledger in one JSON file, always replaced as a whole. What is planned is in the file before the promise resolves; what
 * is deleted gets there with the next planned entries or with `flush`, since deleting a dataset twice does no harm.
 * `known` are entries to begin with, as `clean` has them. Rejects when the file cannot be written.
 */
export function fileLedger(
  path: string,
  runId: string,
  known: Pick<LedgerFile, 'entries' | 'pools'> = { entries: [], pools: [] },
): FileLedger {
  // Each entry is kept as its line of the file: a run has thousands of them and writes the file often. While it runs the
  // file holds what may exist; what is gone is added at the end, or every write would carry the whole history.
  const open = new Map<string, string>();
  const gone = new Map<string, string>();
  const pools = new Map<string, RecordedPool>();
  let whole = false;
  let dirty = false;
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const set = (entries: readonly (LedgerEntry | PoolEntry)[], state: Recorded['state']): void => {
    for (const one of entries) {
      dirty = true;
      if ('identityPoolName' in one) {
        // The id comes later than the name.
        const { identityPoolName, identityPoolId } = one;
        pools.set(identityPoolName, { identityPoolName, identityPoolId, state });
        continue;
      }
      const { identityPoolId, identityId, datasetName } = one;
      const entry: RecordedEntry = { identityPoolId, identityId, datasetName, state };
      const key = JSON.stringify([identityPoolId, identityId, datasetName]);
      const [to, from] = state === 'planned' ? [open, gone] : [gone, open];
      from.delete(key);
      to.set(key, JSON.stringify(entry));
    }
  };
  const write = async (): Promise<void> => {
    dirty = false;
    try {
      const entries = [...(whole ? gone.values() : []), ...open.values()].join(',\n');
      whole = false;
      const made = pools.size === 0 ? '' : `,"pools":${JSON.stringify([...pools.values()])}`;
      await writeFile(
        `${path}.tmp`,
        `{"schemaVersion":1,"runId":${JSON.stringify(runId)},"entries":[\n${entries}\n]${made}}\n`,
      );
      await rename(`${path}.tmp`, path);
    } catch (error) {
      dirty = true;
      throw error;
    }
  };
  /** Resolves when a write that began after this call is done; callers who wait meanwhile share it. */
  const save = (): Promise<void> => {
    if (!dirty) return writing ?? Promise.resolve();
    next ??= (async () => {
      await writing?.catch(() => undefined);
      next = undefined;
      writing = write();
      await writing.finally(() => {
        writing = undefined;
      });
    })();
    return next;
  };

  for (const entry of [...known.entries, ...known.pools]) set([entry], entry.state);
  return {
    planned: (entries) => {
      set(entries, 'planned');
      return save();
    },
    deleted: (entries) => {
      set(entries, 'deleted');
      return Promise.resolve();
    },
    flush: () => {
      whole = true;
      dirty ||= gone.size > 0;
      return save();
    },
  };
}

/** @throws Error when the file is missing or is no ledger. */
export async function readLedger(path: string): Promise<LedgerFile> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isLedger(content)) throw new Error(`${path} is not a ledger of schema version 1`);
  return { ...content, pools: content.pools ?? [] };
}

function isLedger(content: unknown): content is Omit<LedgerFile, 'pools'> & Partial<Pick<LedgerFile, 'pools'>> {
  const file = content as Partial<LedgerFile> | null;
  return (
    file?.schemaVersion === 1 &&
    typeof file.runId === 'string' &&
    Array.isArray(file.entries) &&
    file.entries.every(isEntry) &&
    (file.pools === undefined || (Array.isArray(file.pools) && file.pools.every(isPool)))
  );
}

function isPool(item: unknown): boolean {
  const pool = item as RecordedPool | null;
  const id = pool?.identityPoolId;
  return typeof pool?.identityPoolName === 'string' && (id === null || typeof id === 'string') && isState(pool.state);
}

function isState(state: unknown): boolean {
  return state === 'planned' || state === 'deleted';
}

function isEntry(item: unknown): boolean {
  const entry = item as RecordedEntry | null;
  const names = [entry?.identityPoolId, entry?.identityId, entry?.datasetName];
  return names.every((name) => typeof name === 'string') && isState(entry?.state);
}
