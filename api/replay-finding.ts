import type { Finding } from '../engine/interface/events.ts';
import { openReplays, type Replayed } from '../engine/run/replay.ts';
import { catalogue } from '../suites/catalogue.ts';
import { openServer } from './open-server.ts';
import { checkedOptions, type ServerOptions } from './server-options.ts';

/** Sends the calls of a finding again, on fresh data, up to so many times: is it FIXED? */
export async function replayFinding(finding: Finding, options: ServerOptions, attempts = 5): Promise<Replayed> {
  const runOptions = checkedOptions(options);
  const server = openServer(options);
  try {
    const replays = await openReplays(catalogue, runOptions, server.context);
    try {
      return server.withoutSecrets(await replays.replay(finding, attempts));
    } finally {
      await replays.close();
    }
  } finally {
    await server.close();
  }
}
