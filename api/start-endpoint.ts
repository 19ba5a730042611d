import type { EndpointOptions } from '../targets/reference/core/options.ts';
import type { Endpoint } from '../targets/reference/server/endpoint.ts';
import { startEndpoint as start } from '../targets/reference/server/server.ts';

/**
 * Starts an embedded Cognito Sync endpoint on 127.0.0.1, empty, for tests of a client.
 * @throws RangeError for an unknown choice or option.
 */
export function startEndpoint(options: Partial<EndpointOptions> = {}): Promise<Endpoint> {
  return start(options);
}
