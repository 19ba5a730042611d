import { exitCodes } from './exit-codes.ts';

/**
 * Does the work with a signal that the first SIGINT or SIGTERM aborts, so that the work can clean up and report. The
 * second ends the process at once.
 */
export async function interruptible<T>(notice: () => void, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
    notice();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
