import type { EndpointOptions } from '../core/options.ts';

/** The credentials that a run signs with when it is given none. */
const anybody = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The options of an endpoint that serves only what is signed, for this region and with these credentials. */
export function verifyingOptions(
  region: string,
  credentials: EndpointOptions['credentials'] = anybody,
): Pick<EndpointOptions, 'acceptUnsigned' | 'credentials' | 'region'> {
  return { credentials, acceptUnsigned: false, region };
}
