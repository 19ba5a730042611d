import { parentPort } from 'node:worker_threads';
import { type Work, judge } from './work.ts';

/** A thread of the self-test: a job comes in, its row goes out. */
parentPort?.on('message', (job: Work) => {
  void judge(job).then((row) => parentPort?.postMessage(row));
});
