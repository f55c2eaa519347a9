/** Calls: joining, the voice bar, what can fail. */
export const voice = {};
