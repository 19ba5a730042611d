import { setTimeout as delay } from 'node:timers/promises';
import { type Reply, datasetPath, identityId, poolId, readReply, syncClient } from '../sync-client.ts';

/** Whose data a call is about, where it is not the first identity's dataset `d`. */
interface Where {
  readonly name?: string;
  readonly identity?: string;
  readonly pool?: string;
}

/** The calls a script may make; each is one request, and every reply is remembered. */
export interface Player {
  /** Returns the session token, which the next update uses. */
  list(query?: string, where?: Where): Promise<string>;
  /** Patches in short: `key@count=value`, or `key@count` to remove; parted by spaces. */
  update(patches: string, where?: Where): Promise<void>;
  /** Patches as they are. */
  patch(patches: readonly { readonly [member: string]: string | number }[], where?: Where): Promise<void>;
  dataset(method: 'DELETE' | 'GET', where?: Where): Promise<void>;
  get(path: string): Promise<void>;
  /** Any request, with its body as text; of its reply the page token is remembered too. */
  call(method: string, path: string, body?: string, type?: string, headers?: HeadersInit): Promise<Reply>;
  /** A POST whose body goes out in chunks. */
  chunked(path: string, body: string): Promise<void>;
  /** Scripts at the same time, each with a token of its own. Of their replies only the outcomes and counts are kept, sorted. */
  together(...scripts: readonly Script[]): Promise<void>;
  /** The session token of the next update; undefined for none. */
  token: string | undefined;
  /** NextToken of the last answer. */
  next: string;
}

/** Milliseconds; shorter than any fault of a race waits. */
const stagger = 2;

const unreadable: Reply = { status: 0, type: '', headers: new Headers(), text: 'not JSON', body: {} };

export type Script = (player: Player) => Promise<void>;

/** Runs a script against an endpoint; the replies as text, without what no two runs share. */
export async function play(url: string, script: Script, onCall: () => void): Promise<string[]> {
  const replies: string[] = [];
  const client = syncClient(url);
  const send = async (method: string, path: string, body?: Parameters<typeof client.send>[2]): Promise<Reply> => {
    onCall();
    const reply = await client.send(method, path, body).catch(() => unreadable);
    const token = reply.body['SyncSessionToken'];
    const text = typeof token === 'string' && token !== '' ? reply.text.replace(token, 'token') : reply.text;
    // Where a page ends is the server's own affair.
    replies.push(`${headOf(reply)} ${text.replace(/"NextToken":("[^"]*"|null),/, '')}`);
    return reply;
  };
  const exchange = async (path: string, init: RequestInit): Promise<Reply> => {
    onCall();
    const reply = await fetch(url + path, init).then(readReply, () => unreadable);
    const secrets = /"(SyncSessionToken|DeviceId)":"[^"]+"/g;
    replies.push(`${headOf(reply)} ${reply.text.replace(secrets, '"$1":"…"')}`);
    return reply;
  };
  const pathOf = ({ pool = poolId, identity = identityId, name = 'd' }: Where = {}): string =>
    datasetPath(pool, identity, name);
  const player: Player = {
    token: undefined,
    next: '',
    async list(query = '', where = {}) {
      const { body } = await send('GET', `${pathOf(where)}/records${query}`);
      player.token = String(body['SyncSessionToken']);
      player.next = encodeURIComponent(String(body['NextToken']));
      return player.token;
    },
    update: (patches, where) => player.patch(patches.split(' ').map(longPatch), where),
    async patch(patches, where) {
      const token = player.token === undefined ? {} : { SyncSessionToken: player.token };
      await send('POST', pathOf(where), { RecordPatches: patches, ...token });
    },
    dataset: async (method, where) => void (await send(method, pathOf(where))),
    get: async (path) => void (await send('GET', path)),
    async call(method, path, body, type = 'application/json', more = {}) {
      const headers = new Headers(more);
      if (body !== undefined) headers.set('content-type', type);
      return exchange(path, body === undefined ? { method, headers } : { method, body, headers });
    },
    chunked: async (path, body) => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: new Blob([body]).stream(), duplex: 'half' };
      await exchange(path, init);
    },
    async together(...scripts) {
      const lanes = await Promise.all(
        scripts.map(async (one, at) => {
          // Connections differ in speed: the first script is to arrive first.
          await delay(at * stagger);
          return play(url, one, onCall);
        }),
      );
      const all = lanes.flat().map(countsOf).sort();
      // All of them are needed to see what they show.
      replies.push(...all.slice(1).map(() => 'at the same time'), all.join('\n'));
    },
  };
  await script(player);
  return replies;
}

function headOf({ status, type, headers }: Reply): string {
  return `${status} ${type} ${headers.get('content-type') ?? ''}`;
}

/** What does not depend on which call came first. */
function countsOf(reply: string): string {
  const [outcome = ''] = reply.split('{', 1);
  return outcome + [...reply.matchAll(/"(Dataset)?SyncCount":\d+/g)].map(([count]) => count).join();
}

function longPatch(text: string): { [member: string]: string | number } {
  const [, key = '', count = '', value] = /^([^@]*)@(\d+)(?:=(.*))?$/.exec(text) ?? [];
  const patch = { Key: key, SyncCount: Number(count) };
  return value === undefined ? { ...patch, Op: 'remove' } : { ...patch, Op: 'replace', Value: value };
}
