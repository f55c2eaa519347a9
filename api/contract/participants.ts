/** People in a direct conversation. Apart from the schemas, so that a browser gets it without zod. */
export const MAX_PARTICIPANTS = 10;
