import type { Snowflake } from '@harmonium/api/ids';

/** Where its sender puts a file: what is there was not looked at, and nobody reads it. */
export const incomingKey = (id: Snowflake) => `incoming/${id}`;
/** Where it is once it was checked. No sender has an address that reaches here. */
export const fileKey = (id: Snowflake) => `attachments/${id}`;
export const thumbnailKey = (id: Snowflake) => `attachments/${id}-small`;

/** For so long something can be sent to the first, whatever became of the upload; in milliseconds. */
export const SENT_WITHIN_MS = 60 * 60 * 1000;
