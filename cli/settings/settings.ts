/** What the user asked for, after flags, environment and config file are merged. Durations in seconds, as the AWS CLI has them. */
export interface Settings {
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly noSignRequest?: boolean;
  readonly noVerifySsl?: boolean;
  readonly caBundle?: string;
  readonly cliReadTimeout?: number;
  readonly cliConnectTimeout?: number;
  readonly identityPoolId?: string;
  readonly identityId?: readonly string[];
  readonly deviceId?: string;
  readonly targetCommand?: string;

  readonly seed?: number;
  readonly preset?: 'smoke' | 'ci' | 'deep';
  readonly runs?: number;
  readonly maxTime?: number;
  readonly maxRequests?: number;
  readonly concurrency?: number;
  /** Requests per second. */
  readonly rateLimit?: number;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly requirements?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxFindings?: number;
  readonly noShrink?: boolean;

  readonly failOn?: 'documented' | 'relied-on' | 'observed' | 'convention';
  readonly matchAws?: boolean;
  readonly knownFailures?: string;

  readonly corpus?: string;
  readonly noCorpus?: boolean;

  readonly reportDir?: string;
  readonly report?: readonly ReportKind[];
  readonly output?: 'text' | 'json';
  readonly color?: 'on' | 'off' | 'auto';
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly noProgress?: boolean;
  readonly debug?: boolean;
  readonly config?: string;
  readonly showConfig?: boolean;

  readonly port?: number;
  readonly verifySignatures?: boolean;
  readonly data?: string;
  readonly choice?: readonly string[];
  readonly mutant?: readonly string[];
  readonly pairs?: number;
  readonly tens?: number;
}

export type ReportKind = 'json' | 'junit' | 'html' | 'md' | 'har' | 'sarif';
