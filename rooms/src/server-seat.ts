import type { ServerTicket } from '@harmonium/api/ticket';
import type { ServerServerEvent } from '../contract/server-event.ts';
import type { Connection } from './host.ts';
import type { Seat } from './lobby.ts';
import type { Viewer } from './visibility.ts';

export interface ServerSeat extends Seat<ServerTicket> {
  idle: boolean;
}

export type Guest = Connection<ServerSeat>;

/** How a member stands, which decides what they see. */
export type Standing = Pick<ServerTicket, 'user' | 'roles' | 'timeoutUntil'>;

export function viewerOf({ state }: Guest): Viewer {
  return { userId: state.ticket.user.id, roles: state.ticket.roles };
}

export function frame(event: ServerServerEvent): string {
  return JSON.stringify(event);
}

export function say(connection: Guest, event: ServerServerEvent): void {
  connection.send(frame(event));
}
