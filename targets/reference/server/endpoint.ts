/** A running endpoint; `close` ends its connections too. */
export interface Endpoint {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}
