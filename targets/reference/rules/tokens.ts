import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Part, Service, SessionClaims } from '../core/behaviour.ts';
import { refuse } from '../core/refusal.ts';

/** Session tokens carry their claims and a seal, so that an unused one costs no memory (S-32). */
export const tokens: Part<
  'issueToken' | 'readToken' | 'spendToken' | 'tokenBelongs' | 'tokenExpired' | 'tokenProblem' | 'tokenSpent'
> = {
  issueToken(service, dataset, path, presented) {
    // A listing that presents a token continues its session (S-38).
    if (presented !== undefined) return write(service, presented);
    service.world.sessions += 1;
    const serial = service.world.sessions;
    dataset.newestSession = serial;
    return write(service, {
      sessionId: randomUUID(),
      serial,
      identityId: path.identityId,
      datasetName: path.name,
      expires: service.behaviour.now(service) + service.options.tokenLifetimeMs,
    });
  },

  readToken(service, text) {
    const dot = text.indexOf('.');
    if (dot < 1) return undefined;
    const claims = text.slice(0, dot);
    const given = Buffer.from(text.slice(dot + 1));
    const right = Buffer.from(seal(service, claims));
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as SessionClaims;
  },

  tokenBelongs: (claims, path) => claims.identityId === path.identityId && claims.datasetName === path.name,

  tokenExpired: (service, claims) => service.behaviour.now(service) >= claims.expires,

  tokenSpent: (service, claims) => service.world.spent.has(claims.sessionId),

  tokenProblem(service, claims, path, use) {
    const { behaviour, options } = service;
    const { choices } = options;
    const invalid = refuse('InvalidParameterException', 'SyncSessionToken not valid for these inputs');
    if (claims === undefined) return invalid;
    if (!behaviour.tokenBelongs(claims, path)) return invalid;
    if (behaviour.tokenExpired(service, claims)) return invalid;
    const spentChoice = use === 'update' ? choices['spent-token-update'] : choices['spent-token-list'];
    if (behaviour.tokenSpent(service, claims)) return spentChoice === 'refused' ? invalid : undefined;
    const dataset = behaviour.findDataset(service, path);
    if (choices['older-token'] === 'refused' && claims.serial < dataset.newestSession) return invalid;
    if (claims.serial < dataset.oldestSession) return invalid;
    return undefined;
  },

  spendToken(service, dataset, claims) {
    const { spent, sessions } = service.world;
    if (claims !== undefined) spent.set(claims.sessionId, claims.expires);
    if (spent.size % 4096 === 0) forgetExpired(service);
    if (service.options.choices['token-after-other-update'] === 'refused') dataset.oldestSession = sessions + 1;
  },
};

function write(service: Service, claims: SessionClaims): string {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${text}.${seal(service, text)}`;
}

function seal(service: Service, text: string): string {
  return createHmac('sha256', service.world.secret).update(text).digest('base64url');
}

function forgetExpired(service: Service): void {
  const now = service.behaviour.now(service);
  for (const [sessionId, expires] of service.world.spent) if (expires <= now) service.world.spent.delete(sessionId);
}
