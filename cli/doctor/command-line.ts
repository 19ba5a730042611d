import { shellArgument } from '../../reports/reproduction/shell.ts';
import type { Settings } from '../settings/settings.ts';

/** The command line of a run with what was given, and without a signature where none is wanted. */
export function commandLine(settings: Settings, unsigned: boolean, device: string | undefined): string {
  const flags: readonly (readonly [string, string | undefined])[] = [
    ['--endpoint-url', settings.endpointUrl],
    ['--region', settings.region],
    ['--profile', settings.profile],
    ['--ca-bundle', settings.caBundle],
    ['--target-command', settings.targetCommand],
    ['--identity-pool-id', settings.identityPoolId],
    ...(settings.identityId ?? []).map((id) => ['--identity-id', id] as const),
    ['--device-id', device],
  ];
  return [
    'npx cognito-sync-conformance',
    ...flags.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${shellArgument(value)}`])),
    ...(unsigned && settings.endpointUrl !== undefined ? ['--no-sign-request'] : []),
    ...(settings.noVerifySsl === true ? ['--no-verify-ssl'] : []),
  ].join(' ');
}
