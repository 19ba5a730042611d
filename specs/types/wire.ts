/** The types of the wire: what goes to a target and what comes back. Types only. */

export type Operation =
  | 'BulkPublish'
  | 'DeleteDataset'
  | 'DescribeDataset'
  | 'DescribeIdentityPoolUsage'
  | 'DescribeIdentityUsage'
  | 'GetBulkPublishDetails'
  | 'GetCognitoEvents'
  | 'GetIdentityPoolConfiguration'
  | 'ListDatasets'
  | 'ListIdentityPoolUsage'
  | 'ListRecords'
  | 'RegisterDevice'
  | 'SetCognitoEvents'
  | 'SetIdentityPoolConfiguration'
  | 'SubscribeToDataset'
  | 'UnsubscribeFromDataset'
  | 'UpdateRecords';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** The input members of one call, by their API names (`IdentityPoolId`, `RecordPatches`, …). */
export interface Input {
  readonly [member: string]: Json;
}

/**
 * What is wrong with the signature of a request, and nothing else about it. none: it has none. wrong-secret: made with another secret
 * key. unknown-key: for an access key that nobody has. altered-body: made for another body; altered-body-declared: with
 * that body's hash in `x-amz-content-sha256`. old-date, future-date: dated years before and after now. other-region, other-service: for
 * another scope.
 */
export type SignatureFault =
  | 'none'
  | 'wrong-secret'
  | 'unknown-key'
  | 'altered-body'
  | 'altered-body-declared'
  | 'old-date'
  | 'future-date'
  | 'other-region'
  | 'other-service';

/** A request as it goes out, before signing. `path` is percent-encoded and holds the query string. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** Header names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  /** The body goes out in chunks, without its length. */
  readonly chunked?: boolean;
  /** Without it a target that signs signs as it should. Only for targets that sign. */
  readonly signature?: SignatureFault;
  /** Number of the client that sends it over a connection of its own. Without it any connection will do. */
  readonly lane?: number;
}

export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Header names in lower case; repeated headers joined by `, `. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly ms: number;
}

/** No usable answer: the request may or may not have taken effect. */
export interface TransportFailure {
  readonly kind: 'failure';
  /** `unreachable`: nothing was sent. The others leave open whether the request took effect. */
  readonly reason: 'unreachable' | 'timeout' | 'closed' | 'too-large' | 'not-http' | 'aborted';
  readonly detail: string;
  readonly ms: number;
  /** It was closed before the first byte of an answer, on a connection that had been used before: that is no fault (RFC 9112, 9.5). */
  readonly stale?: true;
}

export type Reply = HttpResponse | TransportFailure;

/** Anything that can be at the other end of a request. Never throws for what the other end does. */
export interface Target {
  /** Whether requests go out with a signature. */
  readonly signs?: boolean;
  /** Requests that were sent again, or with a connection of their own, because used connections were closed. */
  staleConnections?(): number;
  /** `limitMs`: wait no longer for the whole answer, where the target is set to wait longer. */
  send(request: HttpRequest, signal?: AbortSignal, limitMs?: number): Promise<Reply>;
  /** From now on no more than so many requests are in flight, and no more connections open, whatever their lanes. */
  limit?(most: number): void;
  close(): Promise<void>;
}
