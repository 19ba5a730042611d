import { parentPort } from 'node:worker_threads';
import { type Job, judgeMutant } from './judge-mutant.ts';

/** A thread of the self-test: a job comes in, its row goes out. */
parentPort?.on('message', (job: Job) => {
  void judgeMutant(job).then((row) => parentPort?.postMessage(row));
});
