import type { Answer } from '../../specs/types/answer.ts';
import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import type { Rules } from '../../specs/model/state/rules.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { type Coverage, createCoverage } from '../play/coverage.ts';
import { type Crowd, createCrowd } from '../traffic/overload.ts';
import type { ChoiceResult, RunEvent, Stopped } from '../interface/events.ts';
import { type Meter, createMeter } from '../traffic/meter.ts';
import type { LedgerEntry, RunContext, RunOptions } from '../interface/options.ts';
import type { Isolation } from '../isolation/isolation.ts';
import type { Played } from '../play/played.ts';
import { type Recordings, createRecordings } from './recordings.ts';
import { rehearse } from './rehearse.ts';
import type { Recording } from '../play/rejudge.ts';
import type { Sightings } from '../play/sightings.ts';
import { type Turns, createTurns } from '../traffic/listing-lock.ts';

/** The state of one run. */
export interface Session {
  readonly options: RunOptions;
  readonly context: RunContext;
  readonly isolation: Isolation;
  readonly meter: Meter;
  readonly turns: Turns;
  readonly crowd: Crowd;
  readonly coverage: Coverage;
  sightings: Sightings;
  readonly recordings: Recordings;
  readonly emit: (event: RunEvent) => void;
  readonly progress: { sequences: number };
  /** What plays wrote and nobody has deleted yet. */
  readonly leftovers: LedgerEntry[];
  /** Whether each play removes what it wrote at once: a minimum must not hang on what others have left. */
  tidy: boolean;
  /** Whether a play found no room where nothing can be deleted. */
  full: boolean;
  choices: Choices;
  /** By which answers are judged: the service's, or those of a server with the faults that are known by now. */
  rules: Rules;
  /** The options as the service's rules read them, where the rules are not the service's; else null. */
  choicesByService: Choices | null;
  choiceResults: ChoiceResult[];
  /** The plays that options were read from, by choice. */
  readonly probed: Map<string, Recording>;
  /** Operations the target does not implement, with the evidence. */
  readonly unsupported: Map<Operation, string>;
  /** Why signatures cannot be put to the test, or null. */
  unverified: string | null;
  /** How the target answers for a path that does not exist. */
  elsewhere: Answer;
  readonly serial: () => number;
  /** Why no further call may be made, null while the run goes on. */
  readonly stopped: () => Exclude<Stopped, 'complete'> | null;
}

/** What the target would answer by its choices and the faults that are known. */
export function rehearsal(session: Session, sequence: Sequence): readonly Played[] {
  return rehearse(sequence, {
    isolation: session.isolation,
    serial: 0,
    choices: session.choices,
    rules: session.rules,
  });
}

/** A session's beginnings; the place is known once the target was asked. */
export function createSession(
  options: RunOptions,
  context: RunContext,
  isolation: Isolation,
  sightings: Sightings,
  emit: (event: RunEvent) => void,
): Session {
  const meter = createMeter(context, options);
  const startedAt = context.now();
  let serial = 0;
  return {
    options,
    context,
    isolation,
    meter,
    turns: createTurns(),
    crowd: createCrowd(context.target, options.concurrency, context.sleep),
    coverage: createCoverage(),
    sightings,
    recordings: createRecordings(),
    emit,
    progress: { sequences: 0 },
    leftovers: [],
    tidy: false,
    full: false,
    choices: {},
    rules: serviceRules,
    choicesByService: null,
    choiceResults: [],
    probed: new Map(),
    unsupported: new Map(),
    unverified: null,
    elsewhere: { kind: 'silence', reason: 'aborted' },
    serial: () => serial++,
    stopped() {
      if (context.signal?.aborted === true) return 'interrupted';
      if (meter.gone !== null) return 'unreachable';
      if (options.maxRequests !== undefined && meter.requests >= options.maxRequests) return 'budget';
      if (options.maxTimeMs !== undefined && context.now() - startedAt >= options.maxTimeMs) return 'budget';
      return null;
    },
  };
}
