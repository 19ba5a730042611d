/** Keys of an AWS account or of a Cognito identity. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they stop working; asked again shortly before. */
  readonly expiration?: Date;
}

/** Credentials as they are now; called before each signature. */
export type CredentialSource = () => Promise<Credentials>;

export interface CredentialChoice {
  /** The environment to read AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN from. */
  readonly env: { readonly [name: string]: string | undefined };
  /** `--profile`: read by @aws-sdk/credential-providers, which must be installed. */
  readonly profile?: string;
  /** `--no-sign-request` */
  readonly unsigned?: boolean;
  /** Stands in for the dynamic import in tests. */
  readonly load?: () => Promise<ProfileReader>;
}

interface ProfileReader {
  readonly fromIni: (options: { readonly profile: string }) => CredentialSource;
}

const REFRESH_MS = 5 * 60_000;

/**
 * Where signatures come from, or undefined for unsigned requests.
 * @throws Error when a profile is asked for and cannot be read, or half a key pair is in the environment.
 */
export async function findCredentials(choice: CredentialChoice): Promise<CredentialSource | undefined> {
  if (choice.unsigned === true) return undefined;
  if (choice.profile !== undefined) {
    const source = (await (choice.load ?? loadProfileReader)()).fromIni({ profile: choice.profile });
    return untilExpiry(await source(), source);
  }
  const credentials = fromEnvironment(choice.env);
  return credentials && (() => Promise.resolve(credentials));
}

function fromEnvironment(env: CredentialChoice['env']): Credentials | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  const sessionToken = env['AWS_SESSION_TOKEN'] ?? '';
  if (accessKeyId === '' && secretAccessKey === '') return undefined;
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together; only one of them is');
  }
  return sessionToken === '' ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken };
}

/** The provider reads files each time it is called; this asks it only when its last answer runs out. */
function untilExpiry(first: Credentials, source: CredentialSource): CredentialSource {
  let known = first;
  return async () => {
    const left = (known.expiration?.getTime() ?? Infinity) - Date.now();
    if (left < REFRESH_MS) known = await source();
    return known;
  };
}

async function loadProfileReader(): Promise<ProfileReader> {
  // A name the compiler does not resolve: the package is an optional peer.
  const name: string = '@aws-sdk/credential-providers';
  try {
    return (await import(name)) as ProfileReader;
  } catch (cause) {
    throw new Error(`--profile needs ${name}, which is not installed: npm install ${name}`, { cause });
  }
}
