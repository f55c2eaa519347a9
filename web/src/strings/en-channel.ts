/** The conversation: header, messages, composer, connection. */
export const channel = {};
