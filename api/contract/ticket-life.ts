/** Seconds a ticket from api can be used to connect. */
export const TICKET_TTL_S = 60;
