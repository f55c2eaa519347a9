import type { z } from 'zod';

/** Who may call: anyone, the holder of a refresh cookie, a logged-in user, another service of ours. */
type Caller = 'anyone' | 'cookie' | 'user' | 'service';

export interface Upload {
  maxBytes: number;
  /** Media types it may say it is; what it is, its content decides. */
  types: readonly string[];
}

export interface Endpoint {
  summary: string;
  caller: Caller;
  params?: z.ZodObject;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The body is a file as it is, in place of JSON. */
  upload?: Upload;
  status: 200 | 201 | 204;
  /** Absent with 204, and where the answer is a file. */
  answer?: z.ZodType;
  /**
   * What is asked or answered holds secrets: nothing of it is kept, so an Idempotency-Key has no
   * effect. Asked twice, such a route does no harm.
   */
  secret?: true;
  /** Media type of an answer that is no JSON. */
  file?: string;
}
