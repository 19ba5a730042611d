import { Worker } from 'node:worker_threads';
import { eachConcurrently } from '../../engine/traffic/each-concurrently.ts';
import type { Row, SetRow } from './row.ts';
import { type Work, judge } from './work.ts';

/**
 * Judges all jobs in `threads` threads. Rows come in the order of the jobs; `onRow` hears of each as it is ready.
 * Rejects when a run fails for a reason of its own. From source, where Node cannot start a thread, all run in this one.
 */
export async function runJobs(
  jobs: readonly Work[],
  threads: number,
  onRow: (row: Row | SetRow) => void = () => {},
): Promise<readonly (Row | SetRow)[]> {
  const rows: (Row | SetRow)[] = [];
  const note = (index: number, row: Row | SetRow): void => {
    rows[index] = row;
    onRow(row);
  };
  const numbered = [...jobs.entries()];
  if (!import.meta.url.endsWith('.js')) {
    for (const [index, job] of numbered) note(index, await judge(job));
    return rows;
  }
  const idle = Array.from(
    { length: Math.min(threads, jobs.length) },
    () => new Worker(new URL('./worker.js', import.meta.url)),
  );
  const all = [...idle];
  try {
    await eachConcurrently(all.length, numbered, async ([index, job]) => {
      const worker = idle.pop();
      if (worker === undefined) throw new Error('no thread is free');
      note(index, await answerOf(worker, job));
      idle.push(worker);
    });
  } finally {
    await Promise.all(all.map((worker) => worker.terminate()));
  }
  return rows;
}

function answerOf(worker: Worker, job: Work): Promise<Row | SetRow> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage).off('error', onError);
    };
    const onMessage = (row: Row | SetRow): void => {
      done();
      resolve(row);
    };
    const onError = (error: unknown): void => {
      done();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('message', onMessage).on('error', onError).postMessage(job);
  });
}
