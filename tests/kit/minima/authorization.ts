import { datasetPath, identityId, poolId } from '../sync-client.ts';
import { canonicalRequest, sha256, signatureOf } from '../../../targets/reference/core/sigv4.ts';
import type { Player, Script } from './script-player.ts';

const own = datasetPath(poolId, identityId, 'd');

/** How a signature differs from the right one. */
interface Signing {
  readonly accessKeyId?: string;
  readonly secret?: string;
  /** `x-amz-date`; the clock of the scripts begins here. */
  readonly signedAt?: string;
  readonly region?: string;
  readonly name?: string;
  /** The body that is signed, with its hash in `x-amz-content-sha256`. */
  readonly declared?: string;
}

/** The headers of a signed request. */
function signed(method: string, target: string, body: string, signing: Signing = {}): { [name: string]: string } {
  const { accessKeyId = 'test', secret = 'test', signedAt = '20231114T221320Z' } = signing;
  const { region = 'us-east-1', name = 'cognito-sync', declared } = signing;
  const day = signedAt.slice(0, 8);
  const bodyHash = sha256(declared ?? body);
  const headers = { 'x-amz-date': signedAt, ...(declared === undefined ? {} : { 'x-amz-content-sha256': bodyHash }) };
  const names = Object.keys(headers).toSorted().join(';');
  const canonical = canonicalRequest({ method, target, headers, body: Buffer.from(body) }, names, bodyHash);
  const signature = signatureOf(canonical, signedAt, { day, region, name }, secret).toString('hex');
  const credential = `${accessKeyId}/${day}/${region}/${name}/aws4_request`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

async function list(player: Player, signing: Signing = {}): Promise<string> {
  const path = `${own}/records`;
  const { body } = await player.call('GET', path, undefined, undefined, signed('GET', path, '', signing));
  return String(body['SyncSessionToken']);
}

/** A listing for the token, and an update; of a spoilt one `spoil` makes the body that is signed. */
async function update(player: Player, signing: (body: string) => Signing = () => ({})): Promise<void> {
  const patch = { Op: 'replace', Key: 'a', Value: 'x', SyncCount: 0 };
  const body = JSON.stringify({ RecordPatches: [patch], SyncSessionToken: await list(player) });
  await player.call('POST', own, body, undefined, signed('POST', own, body, signing(body)));
}

const listing =
  (signing: Signing): Script =>
  async (player) =>
    void (await list(player, signing));
const wrongSecret = { secret: 'wrong' };
const longAgo = { signedAt: '20140630T000000Z' };

/** A shortest sequence of calls that shows each mutant which verifies signatures. */
export const authorizationScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['any-secret', listing(wrongSecret)],
  ['any-key', listing({ accessKeyId: 'other' })],
  ['declared-hash-trusted', (player) => update(player, (body) => ({ declared: `${body} ` }))],
  ['any-date', listing(longAgo)],
  ['dates-ahead-taken', listing({ signedAt: '20991231T000000Z' })],
  ['any-region', listing({ region: 'us-west-2' })],
  ['any-service', listing({ name: 'cognito-idp' })],
  [
    'deletion-needs-no-signature',
    async (player) => {
      await update(player);
      await player.dataset('DELETE');
    },
  ],
  ['wrong-signature-is-200', listing(wrongSecret)],
  ['wrong-signature-is-500', listing(wrongSecret)],
  ['wrong-signature-without-type', listing(wrongSecret)],
  [
    'wrong-signature-stored-all-the-same',
    async (player) => {
      await update(player, () => longAgo);
      await list(player);
    },
  ],
]);
