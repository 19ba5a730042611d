import type { Operation } from '../../../specs/types/wire.ts';
import type { Behaviour } from '../../reference/core/behaviour.ts';
import { type Mutant, withAnswers } from '../base/mutant.ts';

type Decode = (segment: string, base: Behaviour) => string;

/** A server that reads the names of a path in its own way. `only`: of these operations. */
function decoding(id: string, title: string, decode: Decode, only?: Operation): Mutant {
  return {
    id,
    title,
    requirement: 'wire/encoded-names',
    group: 'wire',
    minimum: only === 'UpdateRecords' ? 2 : 1,
    mutate: (base) => {
      let operation: Operation | undefined;
      return {
        ...base,
        route: (method, path) => {
          const found = base.route(method, path);
          operation = found !== undefined && 'operation' in found ? found.operation : undefined;
          return found;
        },
        decodeSegment: (segment) =>
          only === undefined || only === operation ? decode(segment, base) : base.decodeSegment(segment),
      };
    },
  };
}

const lowerCase = /%(?:[0-9][a-f]|[a-f][0-9a-fA-F]|[A-F][a-f])/;
const colonOnly: Decode = (segment) => segment.replaceAll(/%3a/gi, ':');

function refusing(pattern: RegExp): Decode {
  return (segment, base) => {
    if (pattern.test(segment)) throw new URIError('an escape that is not expected');
    return base.decodeSegment(segment);
  };
}

/** Servers that take one spelling of a path only. */
export const encodedPathMutants: readonly Mutant[] = [
  decoding(
    'lower-case-escapes-refused',
    'A path with lower-case hexadecimal digits in an escape is refused.',
    refusing(lowerCase),
  ),
  decoding('lower-case-escapes-kept', 'Only escapes with upper-case hexadecimal digits are decoded.', (segment, base) =>
    base.decodeSegment(segment.replaceAll(new RegExp(lowerCase, 'g'), (escape) => `%25${escape.slice(1)}`)),
  ),
  decoding('only-colons-decoded', 'Of the escapes in a path only those of colons are decoded.', colonOnly),
  decoding('encoded-hyphens-refused', 'A path with an encoded hyphen is refused.', refusing(/%2d/i)),
  decoding('ids-keep-escapes', 'Ids are decoded by their colon only, names of datasets wholly.', (segment, base) =>
    /%3a|:/i.test(segment) ? colonOnly(segment, base) : base.decodeSegment(segment),
  ),
  decoding('encoded-hyphen-as-underscore', 'An encoded hyphen in a path is taken for an underscore.', (segment, base) =>
    base.decodeSegment(segment.replaceAll(/%2d/gi, '_')),
  ),
  decoding('update-keeps-escapes', 'UpdateRecords decodes colons only.', colonOnly, 'UpdateRecords'),
  decoding('datasets-keep-escapes', 'ListDatasets decodes colons only.', colonOnly, 'ListDatasets'),
  decoding('describe-keeps-escapes', 'DescribeDataset decodes colons only.', colonOnly, 'DescribeDataset'),
  {
    id: 'described-name-as-sent',
    title: 'DescribeDataset shows the name as the path spells it.',
    requirement: 'dataset/describe-agrees',
    group: 'dataset',
    minimum: 3,
    mutate: (base) => {
      let sent = '';
      const reading: Behaviour = {
        ...base,
        decodeSegment: (segment) => {
          sent = segment;
          return base.decodeSegment(segment);
        },
      };
      return withAnswers(reading, (_service, operation, _input, answer) => {
        const dataset = answer.body['Dataset'];
        if (operation !== 'DescribeDataset' || typeof dataset !== 'object' || dataset === null) return answer;
        return { ...answer, body: { ...answer.body, Dataset: { ...dataset, DatasetName: sent } } };
      });
    },
  },
];
