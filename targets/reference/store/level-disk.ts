import type { Change, Disk } from '../core/disk.ts';

/**
 * Rows in a LevelDB database in this folder. A write is synced before it resolves, so it survives a crash of the process and of the
 * machine. What arrives while one is under way goes into the next one together. Throws when another process has the folder.
 */
export async function openLevelDisk(folder: string): Promise<Disk> {
  const { ClassicLevel } = await import('classic-level');
  const db = new ClassicLevel<string, string>(folder);
  await db.open();
  let waiting: Change[] = [];
  let next: Promise<void> | null = null;
  let current: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await current;
    const changes = waiting;
    [waiting, next] = [[], null];
    const batch = changes.map(({ key, value }) =>
      value === null ? ({ type: 'del', key } as const) : ({ type: 'put', key, value } as const),
    );
    current = db.batch(batch, { sync: true });
    await current;
  };
  return {
    rows: () => db.iterator().all(),
    write(changes) {
      waiting.push(...changes);
      next ??= flush();
      return next;
    },
    async close() {
      await (next ?? current);
      await db.close();
    },
  };
}
