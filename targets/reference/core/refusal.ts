/** HTTP status of every error this endpoint gives: W-32, then those of the protocol itself. */
const errorStatus = {
  AlreadyStreamedException: 400,
  DuplicateRequestException: 400,
  InternalErrorException: 500,
  InvalidConfigurationException: 400,
  InvalidParameterException: 400,
  LimitExceededException: 400,
  NotAuthorizedException: 403,
  ResourceConflictException: 409,
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  MethodNotAllowedException: 405,
  RequestTooLongException: 413,
  SerializationException: 400,
  UnknownOperationException: 404,
  UnsupportedMediaTypeException: 415,
  ValidationException: 400,
} as const;

export type ErrorName = keyof typeof errorStatus;

/** A call that is answered with an error, and changed nothing. */
export interface Refusal {
  readonly refused: ErrorName;
  readonly message: string;
}

export function refuse(refused: ErrorName, message: string): Refusal {
  return { refused, message };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

export function statusOf(name: ErrorName): number {
  return errorStatus[name];
}
