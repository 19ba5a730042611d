const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'x-amz-security-token',
  'cookie',
  'set-cookie',
]);
const SESSION_NAME = /^sync_?session_?token$/i;

/** Where a session token stands in a body or a query: a quoted JSON member, or a parameter up to its separator. */
const SESSION_TOKEN = /sync_?session_?token(?:\\?["']\s{0,9}:\s{0,9}\\?"((?:[^"\\]|\\[^"])*)|=([^&#\s"'\\]*))/gi;

/** The same for what a signature or an AWS credential may be called. Nothing of their values is kept. */
const CREDENTIAL =
  /(x-amz-(?:security-token|signature|credential)|aws_?secret_?access_?key|secret_?access_?key|secret_?key|aws_?session_?token)(\\?["']?\s{0,9}[:=]\s{0,9}\\?["']?)([^&#\s"'\\]+)/gi;
const SIGNATURE = /\b(AWS4-HMAC-SHA256)\s[^"\\\r\n]*/g;
const ACCESS_KEY = /\b((?:AKIA|ASIA)[A-Z0-9]{4})[A-Z0-9]{12,}/g;

const REMOVED = '[removed]';
const KEPT = 6;
/** Shorter strings are no tokens, and replacing them wherever they stand would garble the text. */
const SHORTEST_ECHO = 16;
/** A hostile body can be full of tokens; each is shortened where it stands, but only so many are looked for elsewhere. */
const MOST_ECHOES = 200;

/**
 * A copy of anything made of plain records, arrays and strings (a request, an exchange, a finding, an event) without its
 * secrets. A session token keeps its first 6 characters, so that a reader can tell tokens apart, and is found wherever
 * else in the value the target repeats it. `secrets` are removed verbatim; credentials in use belong there.
 * Text is never parsed, so it may be damaged or hostile; the time taken grows in proportion to its length.
 */
export function redact<T>(value: T, secrets: readonly string[] = []): T {
  const tokens = new Set<string>();
  const collect: Visit = (text, name) => {
    for (const token of SESSION_NAME.test(name) ? [text] : tokensIn(text)) {
      for (const form of [token, decoded(token), encoded(token), token.replaceAll('\\/', '/')]) {
        if (form.length >= SHORTEST_ECHO && tokens.size < MOST_ECHOES) tokens.add(form);
      }
    }
    return text;
  };
  walk(value, '', collect);
  // The longest first: one token may begin with another.
  const echoes = [...tokens].toSorted((a, b) => b.length - a.length);
  const verbatim = secrets.filter((secret) => secret !== '');
  return walk(value, '', (text, name) => {
    if (SECRET_HEADERS.has(name.toLowerCase())) return REMOVED;
    return SESSION_NAME.test(name) ? shortened(text) : redactText(text, echoes, verbatim);
  }) as T;
}

/** What becomes of a string that is a member of this name, or of none. */
type Visit = (text: string, name: string) => string;

function walk(value: unknown, name: string, visit: Visit): unknown {
  if (typeof value === 'string') return visit(value, name);
  if (Array.isArray(value)) return value.map((item) => walk(item, name, visit));
  if (typeof value !== 'object' || value === null) return value;
  // fromEntries defines members, so one called __proto__ stays data.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [key, walk(member, key, visit)]),
  );
}

function redactText(text: string, echoes: readonly string[], secrets: readonly string[]): string {
  let clean = readable(text).replace(SESSION_TOKEN, (whole, quoted?: string, bare?: string) => {
    const token = quoted ?? bare ?? '';
    return whole.slice(0, whole.length - token.length) + shortened(token);
  });
  for (const echo of echoes) clean = clean.replaceAll(echo, () => shortened(echo));
  for (const secret of secrets) clean = clean.replaceAll(secret, REMOVED);
  return clean.replace(CREDENTIAL, `$1$2${REMOVED}`).replace(SIGNATURE, `$1 ${REMOVED}`).replace(ACCESS_KEY, '$1…');
}

function tokensIn(text: string): string[] {
  return [...readable(text).matchAll(SESSION_TOKEN)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** Cut before an escape or a pair of surrogates would be halved, so that JSON stays JSON and a path a path. */
function shortened(token: string): string {
  if (token.length <= KEPT) return token;
  return `${token.slice(0, KEPT).replace(/\\.*|%[89a-f].*|%.?$|[\ud800-\udbff]$/is, '')}…`;
}

/** JSON may spell the member `"\u0053yncSessionToken"`. Other text keeps its escapes as they were sent. */
function readable(text: string): string {
  if (!text.includes('\\u00')) return text;
  const plain = text.replace(/\\u00([0-7][0-9a-f])/gi, (whole, code: string) => {
    const letter = String.fromCharCode(parseInt(code, 16));
    return /[\w+/=-]/.test(letter) ? letter : whole;
  });
  return plain.search(SESSION_TOKEN) < 0 ? text : plain;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
