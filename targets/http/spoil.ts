import type { SignatureFault } from '../../specs/types/wire.ts';
import type { CredentialSource } from './credentials.ts';

/** In the form of an access key id, and nobody's. */
const unknownKey = 'AKIAZZZZZZZZZZZZZZZZ';

/** Far outside every clock's tolerance, so that it does not matter how well the two clocks agree. */
const dates: { readonly [fault in SignatureFault]?: string } = {
  'old-date': '2014-06-30T00:00:00Z',
  'future-date': '2099-12-31T00:00:00Z',
};

interface Signing {
  readonly region: string;
  readonly credentials: CredentialSource;
}

interface SpoiltSigning extends Signing {
  readonly service?: string;
  /** Declares the hash of what was signed. */
  readonly applyChecksum?: boolean;
}

/** What to sign with so that the signature has the fault. */
export function spoiltSigning({ region, credentials }: Signing, fault: SignatureFault | undefined): SpoiltSigning {
  switch (fault) {
    case 'wrong-secret':
      return { region, credentials: async () => ({ ...(await credentials()), secretAccessKey: 'not-the-secret' }) };
    case 'unknown-key':
      return { region, credentials: async () => ({ ...(await credentials()), accessKeyId: unknownKey }) };
    case 'other-region':
      return { region: region === 'us-west-2' ? 'us-east-1' : 'us-west-2', credentials };
    case 'other-service':
      return { region, credentials, service: 'cognito-idp' };
    case 'altered-body-declared':
      return { region, credentials, applyChecksum: true };
    default:
      return { region, credentials };
  }
}

/** The body to sign in place of the one that is sent. */
export function spoiltBody(body: string | undefined, fault: SignatureFault | undefined): string | undefined {
  return fault === 'altered-body' || fault === 'altered-body-declared' ? `${body ?? ''} ` : body;
}

/** The date to sign with in place of now. */
export function spoiltDate(fault: SignatureFault | undefined): Date | undefined {
  const date = fault && dates[fault];
  return date === undefined ? undefined : new Date(date);
}
