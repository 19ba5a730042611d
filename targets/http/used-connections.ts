import { Client, type Dispatcher, Pool } from 'undici';

/** Whether the connection that carries a request carried others before; asked once, when the request goes out. */
type Use = () => boolean;

const uses = new WeakMap<Dispatcher.DispatchOptions, Use>();

/** A pool that remembers of each of its connections whether it was used before. */
export function rememberingPool(origin: string, options: Pool.Options): Pool {
  return new Pool(origin, {
    ...options,
    factory(to: URL, clientOptions: Client.Options) {
      const client = new Client(to, clientOptions);
      let sent = 0;
      client.on('connect', () => (sent = 0));
      const dispatch = client.dispatch.bind(client);
      const use: Use = () => {
        sent += 1;
        return sent > 1;
      };
      client.dispatch = (request, handler) => {
        uses.set(request, use);
        return dispatch(request, handler);
      };
      return client;
    },
  });
}

/** Told that a request goes out now, says whether its connection was used before. */
export function wasUsedBefore(request: Dispatcher.DispatchOptions): boolean {
  return uses.get(request)?.() === true;
}
