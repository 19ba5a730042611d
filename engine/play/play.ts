import { isPutToTest } from '../../specs/model/state/premise.ts';
import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import { type Answer, answerClass, answeredAt } from '../../specs/types/answer.ts';
import type { CheckStep, Expectation } from '../../specs/types/check-step.ts';
import { predictCheck } from '../../specs/model/predict/written-out-check.ts';
import { judge } from '../../specs/model/blame/deviations.ts';
import { adoptListing } from '../../specs/model/inspect/after-listing.ts';
import { predict } from '../../specs/model/predict/predict.ts';
import { livingDatasets } from '../../specs/model/rules/quota.ts';
import type { Prediction } from '../../specs/model/state/prediction.ts';
import { emptyWorld, inDoubt } from '../../specs/model/state/world.ts';
import type { DatasetsStep, DeleteStep, DescribeStep, Sequence, UpdateStep } from '../../specs/types/sequence.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import { type Special, checkInput, isLenient, resolve, wantsToken } from '../input/check-input.ts';
import { edited } from '../input/http-edit.ts';
import { deviationsOf } from '../exchange/answer-rules.ts';
import { withShownToken } from '../../specs/model/rules/shown-token.ts';
import { type Exchange, httpCall } from '../exchange/call.ts';
import { knownAs } from '../isolation/dataset-alias.ts';
import { isOutOfReach, isShared } from '../isolation/own-pools.ts';
import { itemsOf, joinPages, nextToken, pagesOf } from '../exchange/pages.ts';
import { goesInCircles, pagingExercises, walkLimit } from '../exchange/paging-rules.ts';
import {
  type ListOptions,
  identity,
  listInput,
  noOthers,
  otherViews,
  resolvePatches,
} from '../input/resolve-symbols.ts';
import { shapeDeviations } from '../exchange/shape-rules.ts';
import { emptyView, forgetToken, resolveToken, sawDeletion, sawListing, sawUpdate } from '../input/client-view.ts';
import type { Course, PlayOptions, Request } from './played.ts';

/**
 * Plays a sequence as a coroutine: it asks for calls and is given exchanges, so that the same code runs against a target
 * and, without one, against the model's own sample answers. Every answer is judged; after one that was not foreseen the
 * dataset is read again and the play goes on.
 */
export function* play(sequence: Sequence, options: PlayOptions): Course {
  const { isolation, serial, choices } = options;
  const shared = isShared(isolation, sequence);
  const names = sequence.datasets.map((ref) => isolation.name(ref, serial));
  const views = names.map(emptyView);
  const rules = options.rules ?? serviceRules;
  const known = knownAs(names, rules);
  const mine = (operation: Operation) => (name: unknown) =>
    !shared || operation !== 'ListDatasets' || names.some((one) => one.name === name);
  const saved = new Map<string, string>();
  const facts = new Set<string>();
  /** Datasets that only a judge who is not steadfast is in doubt of. */
  const doubted = new Set<number>();
  let world = emptyWorld(shared, rules);
  let calls = 0;
  let astray = false;
  /** The latest answer was. */
  let wrong = false;
  let going = true;

  function* send(
    operation: Operation,
    input: Input,
    prediction: Prediction,
    special: Special | undefined,
  ): Generator<Request, readonly Exchange[], Exchange | undefined> {
    const exchanges: Exchange[] = [];
    const followed = new Set<string>();
    let fullest = 0;
    let next = httpCall(operation, input);
    if (special?.http !== undefined) next = { ...next, request: edited(next.request, special.http) };
    for (;;) {
      const exchange = yield { kind: 'call', call: next, prediction };
      if (exchange === undefined) return exchanges;
      calls += 1;
      exchanges.push(exchange);
      if (exchange.answer.kind === 'success')
        fullest = Math.max(fullest, itemsOf(operation, exchange.answer.output).length);
      const most = walkLimit(operation, pagesOf(world, operation, input, fullest));
      const more = nextToken(operation, exchange.answer);
      // A token that comes back leads in a circle.
      if (more === null || exchanges.length >= most || followed.has(more) || special?.saved.length) return exchanges;
      if (goesInCircles(operation, exchanges)) return exchanges;
      followed.add(more);
      next = httpCall(operation, { ...input, NextToken: more });
    }
  }

  function* call(
    step: number,
    operation: Operation,
    input: Input,
    tokenFrom: number | undefined,
    special?: Special,
    reread?: true,
  ): Generator<Request, Answer | null, Exchange | undefined> {
    const first = calls;
    const prediction =
      special === undefined
        ? predict(world, { operation, input: known.input(input) }, choices)
        : predictCheck(world, { operation, input: known.input(input) }, special.expect, choices, special.saved);
    const exchanges = yield* send(operation, input, prediction, special);
    const answer = joinPages(operation, exchanges);
    const page = exchanges[0];
    if (answer === null || page === undefined) return null;
    const verdict = judge(prediction, answer, page.at, answeredAt(page.reply));
    if (options.crowded === true && verdict.deviations.length > 0 && answerClass(answer) === 'LimitExceededException') {
      going = false;
      yield { kind: 'stop' };
      return null;
    }
    // Of a refusal that may come from any layer no declared type and status are asked.
    const lenient = special !== undefined && isLenient(special.expect, answer);
    const shape =
      options.rehearsal === true || lenient
        ? []
        : shapeDeviations(operation, exchanges, verdict.deviations, verdict.expected);
    // A page that a check keeps is no walk.
    const walk = special?.saved.length ? exchanges.slice(0, 0) : exchanges;
    const asked = { operation, input, answer };
    const all = deviationsOf(asked, walk, verdict.deviations, shape, mine(operation));
    // A message tells of a state that nobody knows once an answer was not foreseen.
    const judged = astray ? all.filter(({ pointer }) => pointer !== '/message') : all;
    const deviations = judged.filter((one) => !rules.misreports(one, operation));
    wrong = deviations.length > 0;
    const misreported = deviations.length < judged.length && deviations.length === 0;
    const settled = (options.steadfast === true || misreported) && verdict.foreseen !== null;
    world = settled ? verdict.foreseen : verdict.world;
    for (const [index, name] of names.entries())
      if (settled && inDoubt(verdict.world, known.name(name))) doubted.add(index);
    going = options.onPlayed({
      step,
      call: first,
      operation,
      exchanges,
      exercises: [
        ...prediction.exercises.filter(({ requirement }) => isPutToTest(requirement, answer)),
        ...pagingExercises(operation, input, walk),
      ],
      deviations,
      expected: verdict.expected,
      actual: verdict.actual,
      why: verdict.why,
      tokenFrom,
      afterDeviation: astray,
      ...(special === undefined ? {} : { check: special }),
      ...(reread === undefined ? {} : { reread }),
    });
    // A reading call that should have been refused leaves everything as it was.
    if (!settled && !verdict.certain && (special === undefined || operation === 'UpdateRecords')) astray = true;
    return answer;
  }

  function* list(step: number, dataset: number, actor: number, options_: ListOptions): Course {
    const [name, view] = [names[dataset], views[dataset]];
    if (name === undefined || view === undefined) return;
    const number = calls;
    const doubt = inDoubt(world, known.name(name));
    const answer = yield* call(
      step,
      'ListRecords',
      { ...identity(name), DatasetName: name.name, ...options_.input },
      options_.tokenFrom,
    );
    if (answer === null) return;
    sawListing(view, actor, number, answer, options_.full);
    if (doubt && options_.full && answer.kind === 'success')
      world = adoptListing(world, known.name(name), answer.output);
    world = withShownToken(world, known.name(name), answer);
  }

  for (const [index, step] of sequence.steps.entries()) {
    const times = step.do === 'update' ? (step.times ?? 1) : 1;
    for (let round = 0; round < times && going; round += 1) {
      if (step.do === 'pause') {
        yield { kind: 'pause' };
        world = { ...world, pauses: world.pauses + 1 };
      } else if (step.do === 'update') yield* update(index, step, round);
      else if (step.do === 'list') {
        const view = views[step.dataset];
        const asked = view === undefined ? null : listInput(step, view);
        if (asked !== null) yield* list(index, step.dataset, step.actor, asked);
      } else if (step.do === 'check') yield* check(index, step);
      else if (step.do !== 'together') yield* simple(index, step);
      if (going) yield* adopt(index);
    }
    if (!going) return;
  }

  function* update(index: number, step: UpdateStep, round: number): Course {
    const [name, view] = [names[step.dataset], views[step.dataset]];
    if (name === undefined || view === undefined) return;
    const reuse = choices['spent-token-update'] === 'accepted' && choices['token-after-other-update'] === 'accepted';
    const others = otherViews(sequence.datasets, views, step.dataset);
    let token = resolveToken(view, step.actor, step.token, reuse, others);
    if (token === 'fetch') {
      yield* list(index, step.dataset, step.actor, { input: {}, full: true, tokenFrom: undefined });
      if (!going) return;
      yield* adopt(index);
      token = resolveToken(view, step.actor, step.token, reuse, others);
    }
    if (token === null || token === 'fetch') return;
    const patches = step.patches === null ? null : resolvePatches(step, view, round);
    if (patches === undefined) return;
    const device = isolation.device?.(name);
    const input: Input = {
      ...identity(name),
      DatasetName: name.name,
      ...(device === undefined ? {} : { DeviceId: device }),
      ...(token.text === null ? {} : { SyncSessionToken: token.text }),
      ...(patches === null ? {} : { RecordPatches: patches }),
    };
    const answer = yield* call(index, 'UpdateRecords', input, token.call);
    if (answer === null) return;
    sawUpdate(view, step.actor, input, answer);
    forgetToken(views, input, answer);
  }

  function* check(index: number, step: CheckStep): Course {
    const [name, view] = [names[step.dataset], views[step.dataset]];
    if (name === undefined || view === undefined || isOutOfReach(step, isolation, shared)) return;
    const device = step.operation === 'UpdateRecords' ? isolation.device?.(name) : undefined;
    // Where updates need a device that is registered, no other is good.
    if (device !== undefined && step.input?.['DeviceId'] !== undefined && step.expect.outcome !== 'refused') return;
    if (step.needs?.every((fact) => facts.has(fact.replace('!', '')) !== fact.startsWith('!')) === false) return;
    let token = wantsToken(step) ? resolveToken(view, 0, 'fresh', false, noOthers) : null;
    if (token === 'fetch') {
      yield* list(index, step.dataset, 0, { input: {}, full: true, tokenFrom: undefined });
      if (!going) return;
      yield* adopt(index);
      token = resolveToken(view, 0, 'fresh', false, noOthers);
    }
    if (token === 'fetch') return;
    const scene = {
      name,
      view,
      device,
      token: token?.text ?? null,
      saved,
      datasets: livingDatasets(world, known.name(name)),
    };
    const input = checkInput(step, scene);
    if (input === null) return;
    const wanted = resolve(step.expect.output ?? {}, scene);
    const expect = { ...step.expect, output: (wanted ?? {}) as NonNullable<Expectation['output']> };
    const members = Object.entries(step.save ?? {});
    const special = { expect, saved: members.map(([, member]) => member), http: step.http };
    const number = calls;
    const answer = yield* call(index, step.operation, input, token?.call, special);
    if (answer === null) return;
    if (answer.kind === 'success') {
      // What is not as it was taken to be is no ground for more.
      if (wrong && step.expect.outcome === 'accepted') for (const fact of step.needs ?? []) facts.delete(fact);
      for (const fact of step.gives ?? []) {
        if (fact.startsWith('!')) facts.delete(fact.slice(1));
        else facts.add(fact);
      }
      for (const [kept, member] of members) {
        const value = answer.output[member];
        if (typeof value === 'string') saved.set(kept, value);
      }
    }
    const own = input['DatasetName'] === name.name && input['IdentityId'] === name.identity;
    if (step.operation === 'UpdateRecords') {
      if (answer.kind === 'success') sawUpdate(view, 0, input, answer);
      // Whether a refused update uses the token up is not said; the next listing also proves that nothing was stored.
      else for (const one of view.tokens) one.spent = true;
    }
    if (step.operation === 'ListRecords' && own) {
      if (step.expect.outcome === 'accepted') sawListing(view, 0, number, answer, input['LastSyncCount'] === undefined);
      else view.tokens = [];
    }
  }

  function* simple(index: number, step: DescribeStep | DatasetsStep | DeleteStep): Course {
    const [name, view] = [names[step.dataset], views[step.dataset]];
    if (name === undefined || view === undefined) return;
    if (step.do === 'datasets') {
      const page = step.page === undefined ? {} : { MaxResults: step.page };
      yield* call(index, 'ListDatasets', { ...identity(name), ...page }, undefined);
      return;
    }
    const operation = step.do === 'delete' ? 'DeleteDataset' : 'DescribeDataset';
    const answer = yield* call(index, operation, { ...identity(name), DatasetName: name.name }, undefined);
    if (answer !== null && step.do === 'delete') sawDeletion(view, answer);
  }

  /** Reads every dataset whose state is in doubt; what it says is taken as it is, but by a steadfast judge. */
  function* adopt(index: number): Course {
    for (const [dataset, name] of names.entries()) {
      const view = views[dataset];
      if (view === undefined || !going) continue;
      if (!(options.rereads?.(name) ?? (inDoubt(world, known.name(name)) || doubted.has(dataset)))) continue;
      const number = calls;
      const input = { ...identity(name), DatasetName: name.name };
      const answer = yield* call(index, 'ListRecords', input, undefined, undefined, true);
      if (answer?.kind === 'success') {
        if (inDoubt(world, known.name(name))) world = adoptListing(world, known.name(name), answer.output);
        sawListing(view, 0, number, answer, true);
      } else if (answer?.kind === 'failure' && answer.status === 404) {
        if (inDoubt(world, known.name(name))) world = adoptListing(world, known.name(name), {});
      } else going = false;
      doubted.delete(dataset);
    }
  }
}
