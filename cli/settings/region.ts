import type { Settings } from './settings.ts';

/** The region that requests are signed for. */
export function regionFrom({ region }: Settings, env: NodeJS.ProcessEnv): string {
  return region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
}
