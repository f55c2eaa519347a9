import type { Handler } from './handler.ts';

/** The connection is closed once this is answered. */
export const leave: Handler<'leave'> = async () => ({});
