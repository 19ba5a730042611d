import type { RunEvent } from '../../engine/interface/events.ts';
import { redact } from '../../targets/http/redact.ts';

/** Events that hold what went over the wire, or what the target said. The others are the engine's own words and numbers. */
const telling: ReadonlySet<RunEvent['kind']> = new Set(['finding', 'note', 'replayed', 'run-finished', 'unsupported']);

/** The event as it may be written and shown: no session token in full, no signature, no credential of `env`. */
export function withoutSecrets(event: RunEvent, env: NodeJS.ProcessEnv): RunEvent {
  if (!telling.has(event.kind)) return event;
  const secrets = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].flatMap((name) => env[name] ?? []);
  return redact(
    event,
    secrets.filter((secret) => secret !== ''),
  );
}
