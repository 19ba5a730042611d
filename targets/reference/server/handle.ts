import type { Input, Operation } from '../../../specs/types/wire.ts';
import type { Answer, Output, Service } from '../core/behaviour.ts';
import { handlers } from '../operations/handlers.ts';
import { identityAnswer } from '../operations/identity-api.ts';
import { readInput } from './read-input.ts';
import type { ReceivedRequest } from '../core/request.ts';
import { type Refusal, isRefusal, refuse } from '../core/refusal.ts';
import { stored } from '../store/persistence.ts';
import { madePoolRow } from '../store/rows.ts';
import { validationRefusal } from '../rules/validation.ts';

/** One request to one answer, in the order of W-11: route, signature, form, constraints, access, the operation. */
export function handle(service: Service, request: ReceivedRequest): Answer | 'drop' | Promise<Answer | 'drop'> {
  const { behaviour, options } = service;
  const madeBefore = service.disk === undefined ? [] : [...service.world.identityPools.keys()];
  const identity = identityAnswer(service, request);
  if (identity !== undefined)
    return service.disk === undefined ? identity : withMadePools(service, identity, madeBefore);
  const path = request.target.split('?', 1)[0] ?? '';
  const route = behaviour.route(request.method, path);
  if (route !== undefined && 'allow' in route) {
    const answer = behaviour.errorAnswer(refuse('MethodNotAllowedException', `Not ${request.method}`), undefined);
    return { ...answer, headers: { allow: route.allow } };
  }
  if (route === undefined || options.operations?.includes(route.operation) === false) {
    return behaviour.errorAnswer(refuse('UnknownOperationException', `No operation at ${path}`), undefined);
  }
  const { operation } = route;
  const unsigned = behaviour.signatureProblem(service, request, operation);
  if (unsigned !== undefined) return behaviour.errorAnswer(unsigned, operation);
  const input = readInput(service, request, route);
  if (isRefusal(input)) return behaviour.errorAnswer(input, operation);
  const attended = (): ReturnType<typeof behaviour.attend> => attend(service, operation, input);
  return service.disk === undefined ? attended() : stored(service, operation, input, attended);
}

/** Pools that were made through the Cognito Identity API are few: all are written each time. */
async function withMadePools({ world, disk }: Service, answer: Answer, before: readonly string[]): Promise<Answer> {
  const ids = new Set([...before, ...world.identityPools.keys()]);
  await disk?.write([...ids].map((id) => madePoolRow(id, world.identityPools.get(id))));
  return answer;
}

function attend(service: Service, operation: Operation, input: Input): ReturnType<Service['behaviour']['attend']> {
  const { behaviour } = service;
  return behaviour.attend(service, operation, input, (acting) => {
    const result = perform({ ...service, behaviour: acting }, operation, input);
    const answer: Answer = isRefusal(result)
      ? behaviour.errorAnswer(result, operation)
      : { status: 200, body: behaviour.finish(service, result) };
    return behaviour.intercept(service, operation, input, answer);
  });
}

function perform(service: Service, operation: Operation, input: Input): Output | Refusal {
  const violations = service.behaviour.violations(service, operation, input);
  if (violations.length > 0) return validationRefusal(service, violations);
  return service.behaviour.accessProblem(service, operation, input) ?? handlers[operation](service, input);
}
