export interface Queue<T> {
  readonly push: (item: T) => void;
  readonly end: () => void;
  readonly items: () => AsyncGenerator<T>;
}

/** Turns pushed items into an async iterable. Unbounded: producers here wait for the network, consumers write lines. */
export function createQueue<T>(): Queue<T> {
  let waiting: T[] = [];
  let ended = false;
  let wake: () => void = () => {};
  return {
    push(item) {
      waiting.push(item);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *items() {
      for (;;) {
        const batch = waiting;
        waiting = [];
        yield* batch;
        if (waiting.length > 0) continue;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
