import type { Finding, TargetInfo } from '../../engine/interface/events.ts';

/** Where `serve --port 4566` listens, for findings of an embedded endpoint: that one ended with its run. */
const SERVED = 'http://127.0.0.1:4566';

/** Where the programs of a finding send their calls unless they are told otherwise. */
export function endpointOf(target: TargetInfo): string {
  return target.embedded ? SERVED : target.endpointUrl;
}

/** How to have something at `endpointOf`, or undefined where a server of the user's is to be there. */
export function howToServe(target: TargetInfo): string | undefined {
  return target.embedded ? 'npx cognito-sync-conformance serve --port 4566' : undefined;
}

const LONGEST_NAME = 128;
/** A hyphen and the seconds since 1970. */
const SUFFIX = 11;

/**
 * Whether a suffix can make the dataset names of a finding fresh: the run deleted its datasets, and one that was deleted
 * does not begin at 0 again. A name that is as long as it may be would become another thing.
 */
export function takesSuffix(finding: Finding): boolean {
  const names = finding.steps.map(({ request }) => /\/datasets\/([^/?]+)/.exec(request.path)?.[1] ?? '');
  return names.every((name) => {
    const { length } = name.replace(/%[0-9A-Fa-f]{2}/g, '.');
    return length + SUFFIX <= LONGEST_NAME || length > LONGEST_NAME;
  });
}
