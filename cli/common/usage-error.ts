/** The caller must change a flag, a file or a variable. Ends the program with exit code 64 before any request. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
