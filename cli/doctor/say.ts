import { visible } from '../../reports/writing/visible.ts';
import type { Demand, Diagnosis, Reception } from './diagnosis.ts';

/** Seconds by which signed requests may be late or early (SigV4). */
const tolerance = 300;

/** A diagnosis as text for people; ends in a line end. */
export function sayDiagnosis(diagnosis: Diagnosis): string {
  const { signature, identities, operations } = diagnosis;
  const lacking = operations.filter(({ implemented, allowed }) => !implemented || !allowed);
  const lines: readonly (readonly [string, string])[] = [
    ['endpoint', `${diagnosis.endpointUrl} (${diagnosis.region})`],
    ...(operations.length === 0 ? [] : [['answers', `in ${diagnosis.answerMs} ms`] as const]),
    ['unsigned', received(signature.unsigned)],
    ['signed', received(signature.signed)],
    [
      'wrong secret',
      signature.wrongSecret === 'answered' ? 'answered: signatures are not verified' : received(signature.wrongSecret),
    ],
    ['clock', clock(diagnosis.clockSkewSeconds)],
    ...(operations.length === 0
      ? identities.api
        ? [cognitoIdentity(true)]
        : []
      : [
          ['made-up identities', received(identities.madeUp)] as const,
          ...(identities.given === 'not tried' ? [] : [['given identities', received(identities.given)] as const]),
          cognitoIdentity(identities.api),
          ['session token', demanded(diagnosis.sessionToken)] as const,
          ['DeviceId', demanded(diagnosis.deviceId)] as const,
          ['operations', `${operations.length - lacking.length} of ${operations.length} answer`] as const,
        ]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    ...lines.map(([name, said]) => `${name.padEnd(width)}  ${visible(said, 300)}`),
    ...lacking.map(
      ({ operation, implemented, evidence }) =>
        `${''.padEnd(width)}  ${operation}: not ${implemented ? 'allowed' : 'implemented'}, ${visible(evidence)}`,
    ),
    '',
    diagnosis.problem === null
      ? `A run is possible:\n  ${visible(diagnosis.command ?? '', 2000)}`
      : `No run is possible. ${visible(diagnosis.problem, 1000)}`,
    '',
  ].join('\n');
}

function cognitoIdentity(answers: boolean): readonly [string, string] {
  return ['Cognito Identity', answers ? 'answers: identities can be made there' : 'does not answer'];
}

function received(reception: Reception): string {
  return typeof reception === 'string' ? reception : `refused: ${reception.refused}`;
}

function clock(skew: number | null): string {
  if (skew === null) return 'unknown: there is no Date header';
  if (Math.abs(skew) <= 1) return 'agrees with ours';
  const apart = `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} ours`;
  return Math.abs(skew) > tolerance ? `${apart}: signatures may be refused for that` : apart;
}

function demanded(demand: Demand): string {
  if (demand === 'yes') return 'needed for updates';
  return demand === 'no' ? 'not needed' : 'unknown (no error message mentions it)';
}
