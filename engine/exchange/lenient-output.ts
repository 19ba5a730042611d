import { type Answer, isObject } from '../../specs/types/answer.ts';
import { contract } from '../../specs/contract.ts';
import type { ShapeSpec } from '../../specs/types/contract-types.ts';
import type { Operation } from '../../specs/types/wire.ts';

/**
 * The answer with numbers and booleans that came as text read as what they stand for. That they came as text is one fault,
 * told by the shape of the answer; whether they are right is another question.
 */
export function readable(operation: Operation, answer: Answer): Answer {
  const fields = contract.operations[operation].output;
  if (answer.kind !== 'success' || fields === null) return answer;
  const output = read({ type: 'structure', fields }, answer.output);
  return isObject(output) ? { ...answer, output } : answer;
}

function read(spec: Pick<ShapeSpec, 'type' | 'of' | 'fields'>, value: unknown): unknown {
  switch (spec.type) {
    case 'integer':
    case 'long':
      return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'list': {
      const { of } = spec;
      return of === undefined || !Array.isArray(value) ? value : value.map((item: unknown) => read(of, item));
    }
    case 'structure': {
      if (!isObject(value)) return value;
      const own = (spec.fields ?? []).filter(({ name }) => Object.hasOwn(value, name));
      return { ...value, ...Object.fromEntries(own.map((field) => [field.name, read(field, value[field.name])])) };
    }
    default:
      return value;
  }
}
