import { bind } from '../../specs/bind.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import { type Answer, readAnswer } from '../../specs/types/answer.ts';
import type { Input, Operation, SignatureFault } from '../../specs/types/wire.ts';
import type { Problem } from '../interface/hint.ts';
import type { LedgerEntry, RunContext } from '../interface/options.ts';
import { withDevice } from './devices.ts';
import type { Asked } from './first-answer.ts';
import type { Isolation } from './isolation.ts';

/** Why a run cannot use these identities; `strict`: because only identities that exist are served. */
export interface Complaint extends Problem {
  readonly strict: boolean;
}

/** What the set-up has found out about one way of isolating sequences. The stages fill it in. */
export interface Survey {
  readonly context: RunContext;
  /** The caller named the identities. */
  readonly given: boolean;
  readonly home: DatasetName;
  readonly identity: Input;
  readonly dataset: Input;
  readonly entry: LedgerEntry;
  readonly unsupported: Map<Operation, string>;
  isolation: Isolation;
  /** The first listing, and how the target answers for a path that does not exist. */
  first: Asked | null;
  elsewhere: Answer;
  /** It may be that only identities which exist are served. */
  strict: boolean;
  unverified: string | null;
  requests: number;
  readonly ask: (operation: Operation, input: Input, signature?: SignatureFault) => Promise<Asked>;
}

/** A survey that knows nothing yet. */
export function createSurvey(
  empty: Isolation,
  given: boolean,
  deviceId: string | undefined,
  context: RunContext,
): Survey {
  const isolation = deviceId === undefined ? empty : withDevice(empty, deviceId);
  const home = isolation.name({ pool: 0, identity: 0, name: 'set-up' }, 0xffff_ffff);
  const identity: Input = { IdentityPoolId: home.pool, IdentityId: home.identity };
  let written = false;
  const survey: Survey = {
    context,
    given,
    home,
    identity,
    dataset: { ...identity, DatasetName: home.name },
    entry: { identityPoolId: home.pool, identityId: home.identity, datasetName: home.name },
    unsupported: new Map(),
    isolation,
    first: null,
    elsewhere: { kind: 'silence', reason: 'aborted' },
    strict: false,
    unverified: null,
    requests: 0,
    async ask(operation, input, signature) {
      survey.requests += 1;
      written ||= operation === 'UpdateRecords';
      // A dataset that was written is deleted again, also when the run is interrupted meanwhile.
      const signal = operation === 'DeleteDataset' && written ? undefined : context.signal;
      const request = { ...bind(operation, input), ...(signature === undefined ? {} : { signature }) };
      const reply = await context.target.send(request, signal);
      return { operation, reply, answer: readAnswer(reply) };
    },
  };
  return survey;
}
