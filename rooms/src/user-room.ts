import type { UserTicket, VerifiedTicket } from '@harmonium/api/ticket';
import { UserClientEvent } from '../contract/client-event.ts';
import { UserPublish, type PublishAnswer } from '../contract/publish.ts';
import type { UserServerEvent } from '../contract/server-event.ts';
import { Alarms } from './alarms.ts';
import type { RoomDeps } from './deps.ts';
import type { Admission, Connection, Host, Room } from './host.ts';
import { Lobby, TICKET_RENEWAL_MS, type Seat } from './lobby.ts';
import { ReadMarks } from './read-marks.ts';

export type UserSeat = Seat<UserTicket>;

/** One user: what all of their devices share. */
export class UserRoom implements Room<UserSeat> {
  readonly #host: Host<UserSeat>;
  readonly #lobby: Lobby<UserTicket, UserSeat>;
  readonly #alarms: Alarms<'tickets'>;
  readonly #marks: ReadMarks;

  constructor(host: Host<UserSeat>, deps: RoomDeps) {
    this.#host = host;
    this.#lobby = new Lobby(host, deps);
    this.#alarms = new Alarms(
      (at) => host.setAlarm(at),
      () => host.now(),
    );
    this.#marks = new ReadMarks(host.storage);
  }

  async start(): Promise<void> {
    await Promise.all([this.#lobby.start(), this.#marks.start()]);
    this.#renewLater();
  }

  async admit(text: string, since: string | undefined): Promise<Admission<UserSeat>> {
    const ticket = await this.#lobby.check(text, (checked) => this.#mine(checked));
    if (typeof ticket === 'string') return { ok: false, reason: ticket };
    const { issuedAt: _, ...claims } = ticket;
    const resume = await this.#lobby.issue(claims);
    const refusal = this.#lobby.refusal(ticket);
    if (refusal !== undefined) return { ok: false, reason: refusal };
    return { ok: true, state: { ticket: claims, renewedAt: this.#host.now() }, since, resume };
  }

  #mine(ticket: VerifiedTicket): VerifiedTicket<UserTicket> | undefined {
    return ticket.kind === 'user' && ticket.user.id === this.#host.id ? ticket : undefined;
  }

  connect(connection: Connection<UserSeat>, { resume }: Admission<UserSeat> & { ok: true }): void {
    this.#lobby.enter(connection);
    connection.send(frame({ type: 'ready', seq: 0, ...resume }));
    for (const [channelId, messageId] of this.#marks) {
      connection.send(frame({ type: 'read.mark', channelId, messageId }));
    }
    this.#renewLater();
  }

  receive(connection: Connection<UserSeat>, text: string): void {
    const event = this.#lobby.read(connection, text, UserClientEvent);
    if (event === undefined || event.type === 'ping' || event.type === 'presence.set') return;
    if (!this.#marks.set(event.channelId, event.messageId)) return;
    // Also to the one who said it: of two devices that mark at once, both have to end with the last.
    this.#host.broadcast(frame(event));
  }

  disconnect(connection: Connection<UserSeat>): void {
    this.#lobby.forget(connection);
  }

  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    return events.map((event) => {
      const parsed = UserPublish.safeParse(event);
      if (!parsed.success) return { ok: false, code: 'invalid', message: 'No such event.' };
      this.#hear(parsed.data);
      return { ok: true };
    });
  }

  async alarm(): Promise<void> {
    if (this.#alarms.due().length === 0) return;
    await this.#lobby.renew();
    this.#renewLater();
  }

  #hear(event: UserPublish): void {
    if (event.type === 'friend.presence') return;
    if (event.type !== 'revoke') {
      this.#host.broadcast(frame(event));
      return;
    }
    if (event.userId !== this.#host.id) return;
    if (event.sessionId !== undefined) {
      this.#host.broadcast(frame({ type: 'session.revoked', sessionId: event.sessionId }));
    }
    this.#lobby.revoke(event.userId, event.sessionId, event.reason);
  }

  #renewLater(): void {
    const [anyone] = this.#host.connections();
    if (anyone === undefined || this.#alarms.at('tickets') !== undefined) return;
    this.#alarms.set('tickets', this.#host.now() + TICKET_RENEWAL_MS);
  }
}

function frame(event: UserServerEvent): string {
  return JSON.stringify(event);
}
