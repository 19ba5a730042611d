/**
 * Signature version 4 for the curl script, in Python. curl has `--aws-sigv4`, but some versions do not encode the path
 * once more for the signature (W-09), so that the service refuses whatever they send. The keys stay in the environment
 * and the result goes through a file descriptor: no process list shows either.
 */
const SIGNER = String.raw`
import hashlib, hmac, os, sys, time
from urllib.parse import quote, unquote_to_bytes
env = os.environ
method, url, file = sys.argv[1:4]
host, _, rest = url.split("://", 1)[-1].partition("/")
default = ":443" if url.lower().startswith("https:") else ":80"
host = host.rpartition("@")[2]
host = host[:-len(default)] if host.endswith(default) else host
path, _, query = os.fsencode("/" + rest).partition(b"?")
def sha256(data): return hashlib.sha256(data).hexdigest()
def mac(key, text): return hmac.new(key, text.encode(), "sha256")
def encode(data): return quote(data, safe="")
parts = []
for part in path.split(b"/"):
    if part == b"..": del parts[-1:]
    elif part not in (b"", b"."): parts.append(encode(part))
uri = "/" + "/".join(parts) + ("/" if parts and path.endswith(b"/") else "")
pairs = [part.partition(b"=") for part in query.split(b"&") if part]
pairs = sorted((encode(unquote_to_bytes(name)), encode(unquote_to_bytes(value))) for name, _, value in pairs)
with open(file, "rb") as body: digest = sha256(body.read())
now = env.get("signed_date") or time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
headers = {"host": host, "x-amz-date": now}
if env.get("signed_hash"): headers["x-amz-content-sha256"] = digest = env["signed_hash"]
if env.get("AWS_SESSION_TOKEN"): headers["x-amz-security-token"] = env["AWS_SESSION_TOKEN"]
names = ";".join(sorted(headers))
lines = [method, uri, "&".join("=".join(pair) for pair in pairs)]
lines += [name + ":" + headers[name] for name in sorted(headers)] + ["", names, digest]
scope = [now[:8], env["signed_region"], env["signed_service"], "aws4_request"]
key = b"AWS4" + env.get("AWS_SECRET_ACCESS_KEY", "test").encode()
for part in scope: key = mac(key, part).digest()
scope = "/".join(scope)
text = "\n".join(["AWS4-HMAC-SHA256", now, scope, sha256("\n".join(lines).encode())])
user = env.get("AWS_ACCESS_KEY_ID", "test")
del headers["host"]
headers["authorization"] = "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
    user, scope, names, mac(key, text).hexdigest())
for name, value in headers.items(): print("header = \"%s: %s\"" % (name, value.replace("\\", "\\\\").replace("\"", "\\\"")))
`.trim();

/** Bash that ends with a sentence where a tool is missing. */
export function toolCheck(needsPython: boolean): readonly string[] {
  return [
    `for tool in curl ${needsPython ? 'python3' : '${SIGN_REQUESTS:+python3}'}; do`,
    '  command -v "$tool" >/dev/null && continue',
    `  echo "This script needs $tool${needsPython ? '' : '${SIGN_REQUESTS:+ (python3 signs the calls)}'}." >&2`,
    '  exit 64',
    'done',
  ];
}

/** Bash that makes calls with curl, signed where SIGN_REQUESTS is set. */
export const CALL: readonly string[] = [
  `signer='${SIGNER}'`,
  'sign() {',
  '  [ -z "${SIGN_REQUESTS:-}" ] && return',
  '  signed_region="${signed_region:-$region}" signed_service="${signed_service:-cognito-sync}" \\',
  '    python3 -c "$signer" "$@"',
  '}',
  'work="$(mktemp -d)" || exit 64',
  `trap 'rm -rf "$work"' EXIT`,
  '# call METHOD URL [option of curl…]; the body comes from stdin.',
  'call() {',
  '  local method="$1" url="$2"',
  '  shift 2',
  '  cat >"$work/body"',
  '  : >"$work/head"',
  '  : >"$work/answer"',
  `  status="$(curl -sS --globoff --path-as-is --max-time 60 -D "$work/head" -o "$work/answer" -w '%{http_code}' \\`,
  '    --config <(sign "$method" "$url" "$work/body") -X "$method" "$@" "$url")"',
  `  reply="$(tr -d '\\000' <"$work/answer")"`,
  `  printf '%s\\n   HTTP %s' "$reply" "$status" | show`,
  '}',
];
