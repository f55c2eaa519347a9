import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { ServerTicket, VerifiedTicket } from '@harmonium/api/ticket';
import type { ServerChange } from '../contract/server-event.ts';
import { Grants } from './grants.ts';
import type { Host } from './host.ts';
import type { Lobby } from './lobby.ts';
import { DoubtedMembers } from './doubted-members.ts';
import type { RoomsApi } from './rooms-api.ts';
import type { ServerCrowd } from './server-crowd.ts';
import { frame, type ServerSeat, type Standing } from './server-seat.ts';
import type { ServerSight } from './server-sight.ts';

/** How the members stand: as api says, whatever their tickets still do. */
export class ServerMembers {
  readonly #host: Host<ServerSeat>;
  readonly #lobby: Lobby<ServerTicket, ServerSeat>;
  readonly #sight: ServerSight;
  readonly #crowd: ServerCrowd;
  readonly #grants: Grants<Standing>;
  readonly #doubted: DoubtedMembers;
  /** Unix time in seconds. What was published before this room may not have heard. */
  #startedAt = 0;

  constructor(options: {
    host: Host<ServerSeat>;
    lobby: Lobby<ServerTicket, ServerSeat>;
    sight: ServerSight;
    crowd: ServerCrowd;
    ask: (userIds: Snowflake[]) => ReturnType<RoomsApi['members']>;
    /** Asks for a call of `confirm`. */
    alarm: (at: number) => void;
  }) {
    const { host } = options;
    this.#host = host;
    this.#lobby = options.lobby;
    this.#sight = options.sight;
    this.#crowd = options.crowd;
    this.#grants = new Grants(host.storage);
    this.#doubted = new DoubtedMembers({
      ask: options.ask,
      wake: (delay) => options.alarm(host.now() + delay),
      log: host.log,
    });
  }

  async start(): Promise<void> {
    const now = this.#host.now();
    await this.#grants.start(now);
    this.#startedAt = Math.floor(now / 1000);
  }

  /** The ticket's claims as they hold now. */
  claims(ticket: VerifiedTicket<ServerTicket>): ServerTicket {
    const { issuedAt, ...claims } = ticket;
    return { ...claims, ...this.#grants.since(claims.user.id, issuedAt) };
  }

  /** Whoever comes as they stood before this room could hear of it is asked about. */
  meet({ issuedAt, user }: VerifiedTicket<ServerTicket>): void {
    if (issuedAt < this.#startedAt) this.#doubted.doubt(user.id);
  }

  /** A publish may have been lost with an api that died: nobody is wrong for long. */
  doubtAll(): void {
    for (const { state } of this.#host.connections()) this.#doubted.doubt(state.ticket.user.id);
  }

  confirm(): Promise<void> {
    return this.#doubted.confirm((answers) => this.#correct(answers));
  }

  hear(change: ServerChange): void {
    if ('member' in change) this.#doubted.heardOf(change.member.user.id);
    this.#change(change);
  }

  #change(change: ServerChange): void {
    if (change.type === 'member.updated' || change.type === 'member.joined') {
      const { user, roles, timeoutUntil } = change.member;
      this.#restand({ user, roles, timeoutUntil });
    } else if (change.type === 'member.left') {
      this.#lobby.revoke(change.userId, undefined, 'access_lost');
      this.#crowd.forget(change.userId);
      this.#grants.forget(change.userId);
    } else {
      this.#host.log.warn({ type: change.type }, 'no change of a member');
      return;
    }
    this.#host.broadcast(frame(change));
  }

  /** It also holds against the tickets issued before. */
  #restand(standing: Standing): void {
    const { id } = standing.user;
    this.#grants.set(id, standing, this.#host.now());
    for (const member of this.#host.connections()) {
      if (member.state.ticket.user.id === id) this.#sight.restand(member, standing);
    }
  }

  /** What api says of people here, where nobody told the room. */
  #correct(answers: ReadonlyMap<string, Member | undefined>): void {
    const looked = new Set<string>();
    for (const { state } of this.#host.connections()) {
      const { user } = state.ticket;
      if (!answers.has(user.id) || looked.has(user.id)) continue;
      looked.add(user.id);
      const member = answers.get(user.id);
      if (member === undefined) this.#change({ type: 'member.left', userId: user.id });
      else if (!standAlike(member, state.ticket)) this.#change({ type: 'member.updated', member });
    }
  }
}

function standAlike(one: Standing, other: Standing): boolean {
  const held = new Set(one.roles);
  const rolesAreSame =
    held.size === other.roles.length && other.roles.every((role) => held.has(role));
  const namesAreSame =
    one.user.username === other.user.username && one.user.avatar === other.user.avatar;
  return rolesAreSame && namesAreSame && one.timeoutUntil === other.timeoutUntil;
}
