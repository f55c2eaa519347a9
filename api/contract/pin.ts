/** Pinned messages of one channel. */
export const MAX_PINS = 50;
