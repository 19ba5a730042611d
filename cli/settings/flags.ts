import type { Settings } from './settings.ts';
import { list, oneOf, positive, shard, someOf, text, texts, toggle, url, whole } from './values.ts';
import type { Read } from './values.ts';

export interface Flag<T> {
  /** How the value is named in the help; none for a switch. A trailing `...` takes several. */
  readonly value?: string;
  readonly group: 'Target' | 'What to run' | 'Verdict' | 'Output' | 'Endpoint';
  readonly help: string;
  readonly read: Read<T>;
  readonly hidden?: true;
}

const seconds = positive('seconds', /s$/);

/** Every flag of every command. The key in camel case names it everywhere: `endpointUrl` is `--endpoint-url`. */
export const flags: { readonly [Name in keyof Settings]-?: Flag<NonNullable<Settings[Name]>> } = {
  endpointUrl: {
    value: 'URL',
    group: 'Target',
    help: 'the server to judge; without it, the embedded endpoint',
    read: url,
  },
  region: { value: 'NAME', group: 'Target', help: 'region to sign for (AWS_REGION, else us-east-1)', read: text },
  profile: { value: 'NAME', group: 'Target', help: 'AWS profile to take credentials from', read: text },
  noSignRequest: { group: 'Target', help: 'send requests without a signature', read: toggle },
  noVerifySsl: { group: 'Target', help: 'accept any TLS certificate', read: toggle },
  caBundle: { value: 'FILE', group: 'Target', help: 'PEM file of certificate authorities to trust', read: text },
  cliReadTimeout: { value: 'SECONDS', group: 'Target', help: 'longest wait for an answer', read: seconds },
  cliConnectTimeout: { value: 'SECONDS', group: 'Target', help: 'longest wait for a connection', read: seconds },
  identityPoolId: { value: 'ID', group: 'Target', help: 'identity pool to work in', read: text },
  identityId: {
    value: 'ID...',
    group: 'Target',
    help: 'identities to work on, where the target takes only its own',
    read: texts,
  },
  deviceId: { value: 'ID', group: 'Target', help: 'device to name in updates', read: text },
  targetCommand: {
    value: 'CMD',
    group: 'Target',
    help: 'start this command first, and stop it at the end',
    read: text,
  },

  seed: {
    value: 'N',
    group: 'What to run',
    help: 'the same seed gives the same sequences',
    read: whole(0, 0xffff_ffff),
  },
  preset: {
    value: 'NAME',
    group: 'What to run',
    help: 'smoke, ci or deep (default ci)',
    read: oneOf('smoke', 'ci', 'deep'),
  },
  runs: { value: 'N', group: 'What to run', help: 'random sequences to run', read: whole(1) },
  maxTime: { value: 'SECONDS', group: 'What to run', help: 'end the run after this time', read: seconds },
  maxRequests: { value: 'N', group: 'What to run', help: 'end the run after this many requests', read: whole(1) },
  concurrency: { value: 'N', group: 'What to run', help: 'sequences at a time (default 8)', read: whole(1, 1024) },
  rateLimit: {
    value: 'N/s',
    group: 'What to run',
    help: 'at most this many requests per second',
    read: positive('requests per second', /\/s$/),
  },
  shard: { value: 'I/N', group: 'What to run', help: 'run the I-th of N equal parts', read: shard },
  requirements: {
    value: 'GLOB...',
    group: 'What to run',
    help: 'judge only these: conflict, conflict/*, an exact id',
    read: list,
  },
  exclude: { value: 'GLOB...', group: 'What to run', help: 'leave these out', read: list },
  maxFindings: { value: 'N', group: 'What to run', help: 'report at most this many findings', read: whole(1) },
  noShrink: { group: 'What to run', help: 'report counterexamples as they were found', read: toggle },

  corpus: {
    value: 'DIR',
    group: 'What to run',
    help: 'findings to run again first: a report directory or a folder of them (default: those of --report-dir)',
    read: text,
  },
  noCorpus: { group: 'What to run', help: 'run no finding of an earlier run again', read: toggle },

  failOn: {
    value: 'LEVEL',
    group: 'Verdict',
    help: 'documented, relied-on, observed or convention; each includes those before it (default relied-on)',
    read: oneOf('documented', 'relied-on', 'observed', 'convention'),
  },
  matchAws: {
    group: 'Verdict',
    help: 'a choice that differs from what AWS is known to do is a failure too',
    read: toggle,
  },
  knownFailures: { value: 'FILE', group: 'Verdict', help: 'failures that are expected, as YAML', read: text },

  reportDir: {
    value: 'DIR',
    group: 'Output',
    help: 'where the files go (default cognito-sync-conformance-report)',
    read: text,
  },
  report: {
    value: 'KINDS',
    group: 'Output',
    help: 'more files: json, junit, html, md, har, sarif (comma-separated); run always writes json and html',
    read: someOf('json', 'junit', 'html', 'md', 'har', 'sarif'),
  },
  output: {
    value: 'FORMAT',
    group: 'Output',
    help: 'text or json on stdout (default text)',
    read: oneOf('text', 'json'),
  },
  color: { value: 'WHEN', group: 'Output', help: 'on, off or auto (default auto)', read: oneOf('on', 'off', 'auto') },
  quiet: { group: 'Output', help: 'print only the result', read: toggle },
  verbose: { group: 'Output', help: 'also print choices, failures and notes as they come', read: toggle },
  noProgress: { group: 'Output', help: 'no live progress', read: toggle },
  debug: { group: 'Output', help: 'show the stack of an internal error', read: toggle },
  config: { value: 'FILE', group: 'Output', help: 'YAML file with the same names as the flags', read: text },

  showConfig: { group: 'Output', help: 'print the settings that apply, as YAML, and end', read: toggle },

  port: { value: 'N', group: 'Endpoint', help: 'port to listen on (default: any free one)', read: whole(0, 65_535) },
  verifySignatures: {
    group: 'Endpoint',
    help: 'serve only requests signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (else test, test) for the region',
    read: toggle,
  },
  choice: { value: 'ID=OPTION...', group: 'Endpoint', help: 'take this option of a choice (see list)', read: texts },
  data: {
    value: 'DIR',
    group: 'Endpoint',
    help: 'keep the data in this folder, so that it survives a restart',
    read: text,
  },
  pairs: { value: 'N', group: 'What to run', help: 'also so many random pairs of faults', read: whole(1) },
  tens: { value: 'N', group: 'What to run', help: 'also so many random sets of ten faults', read: whole(1) },
  mutant: { value: 'ID...', group: 'Endpoint', help: 'with this fault', read: texts, hidden: true },
};

/** `endpointUrl` → `endpoint-url`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
