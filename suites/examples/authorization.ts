import { list, put, sequence, update } from '../../generators/build.ts';
import { check, patch, refusedSignature } from '../../generators/check.ts';
import type { CheckStep } from '../../specs/types/check-step.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Operation, SignatureFault } from '../../specs/types/wire.ts';

interface Spoilt {
  readonly requirement: string;
  readonly says: string;
  /** What AWS answers. */
  readonly type: string;
}

const invalid = 'InvalidSignatureException';

/** What is spoilt, whom it breaks to take it, and how a reader is told. */
const spoilt: { readonly [fault in SignatureFault]: Spoilt } = {
  none: {
    requirement: 'unsigned-refused',
    says: 'without a signature',
    type: 'MissingAuthenticationTokenException',
  },
  'wrong-secret': { requirement: 'wrong-secret-refused', says: 'signed with another secret key', type: invalid },
  'unknown-key': {
    requirement: 'unknown-key-refused',
    says: 'signed for an access key that nobody has',
    type: 'UnrecognizedClientException',
  },
  'altered-body': { requirement: 'altered-body-refused', says: 'with its body altered after signing', type: invalid },
  'altered-body-declared': {
    requirement: 'altered-body-refused',
    says: 'with its body altered after signing, and x-amz-content-sha256 as it was',
    type: invalid,
  },
  'old-date': { requirement: 'date-far-off-refused', says: 'signed as years ago', type: invalid },
  'future-date': { requirement: 'date-far-off-refused', says: 'signed as years ahead', type: invalid },
  'other-region': { requirement: 'other-region-refused', says: 'signed for another region', type: invalid },
  'other-service': { requirement: 'other-service-refused', says: 'signed for another service', type: invalid },
};

function spoil(operation: Operation, fault: SignatureFault, input: CheckStep['input'] = {}): CheckStep {
  const { requirement, says, type } = spoilt[fault];
  const expect = refusedSignature(`authorization/${requirement}`, `${operation} ${says}`, type);
  return check(operation, input, expect, { http: { signature: fault } });
}

/** An update that, were it signed as it should be, would store a record of its own. */
function spoiltUpdate(fault: SignatureFault): CheckStep {
  return spoil('UpdateRecords', fault, { RecordPatches: [patch(fault, 'x')] });
}

const reading: readonly Operation[] = ['DescribeDataset', 'ListDatasets'];
const start = update([put('a', 'x')]);

/** Listings that are right but for their signature. */
export const spoiltListings: readonly CheckStep[] = [
  spoil('ListRecords', 'wrong-secret'),
  spoil('ListRecords', 'unknown-key'),
  spoil('ListRecords', 'old-date'),
  spoil('ListRecords', 'future-date'),
  spoil('ListRecords', 'other-region'),
  spoil('ListRecords', 'other-service'),
];

/**
 * Calls that are right but for their signature. Another region and another key are tried by reading alone: a server with a store
 * for each of them would keep the update where nobody deletes it.
 */
export const authorizationExamples: readonly Sequence[] = [
  sequence([
    start,
    spoiltUpdate('wrong-secret'),
    spoiltUpdate('altered-body'),
    spoiltUpdate('altered-body-declared'),
    spoiltUpdate('old-date'),
    spoiltUpdate('other-service'),
    spoiltUpdate('none'),
    list(),
  ]),
  sequence([
    start,
    ...reading.flatMap((operation) => [spoil(operation, 'wrong-secret'), spoil(operation, 'none')]),
    spoil('DeleteDataset', 'wrong-secret'),
    spoil('DeleteDataset', 'none'),
    list(),
  ]),
];
