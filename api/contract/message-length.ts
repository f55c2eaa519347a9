/** UTF-16 code units in a message, after trimming. */
export const MAX_MESSAGE_LENGTH = 4000;
