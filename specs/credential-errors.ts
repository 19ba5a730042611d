/**
 * How a server says that it will not take a caller's word for who is asking, whatever the operation: AWS's common errors,
 * which newer and older pages spell with and without the ending, and the name that AWS's clients know for a wrong signature.
 */
export const credentialErrors: readonly string[] = [
  'InvalidSignatureException',
  'UnrecognizedClientException',
  'MissingAuthenticationTokenException',
  'MissingAuthenticationToken',
  'IncompleteSignatureException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'ExpiredTokenException',
  'RequestExpired',
  'AccessDeniedException',
  'SignatureDoesNotMatch',
];
