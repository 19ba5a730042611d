/** A request as it came in. `target` is the path with its query; header names are in lower case. */

export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: Buffer;
}
