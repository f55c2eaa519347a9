import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { Reading } from '@harmonium/api/internal';
import type { UserTicket, VerifiedTicket } from '@harmonium/api/ticket';
import { UserClientEvent } from '../contract/client-event.ts';
import type { Presence } from '../contract/presence.ts';
import { UserPublish, type PublishAnswer } from '../contract/publish.ts';
import type { UserServerEvent } from '../contract/server-event.ts';
import { Alarms } from './alarms.ts';
import type { RoomDeps } from './deps.ts';
import { DirectLatest, type Latest } from './direct-latest.ts';
import { FirstQuestion } from './first-question.ts';
import { Friends } from './friends.ts';
import type { Admission, Connection, Host, Room } from './host.ts';
import { Lobby, TICKET_RENEWAL_MS, type Seat } from './lobby.ts';
import { NotificationSettings } from './notification-settings.ts';
import { Presences } from './presence.ts';
import { ReadMarks } from './read-marks.ts';
import { UnsavedMarks } from './unsaved-marks.ts';
import { VoiceStates, type VoiceEvent } from './voice-states.ts';

export interface UserSeat extends Seat<UserTicket> {
  idle: boolean;
}

/** One user: what all of their devices share, and how they are shown to their friends. */
export class UserRoom implements Room<UserSeat> {
  readonly #host: Host<UserSeat>;
  readonly #id: Snowflake;
  readonly #lobby: Lobby<UserTicket, UserSeat>;
  readonly #alarms: Alarms<'tickets' | 'presence' | 'friends' | 'voice' | 'marks'>;
  readonly #marks: ReadMarks;
  readonly #unsaved: UnsavedMarks;
  readonly #notifications: NotificationSettings;
  readonly #reading: FirstQuestion<Reading | undefined>;
  readonly #latest: DirectLatest;
  /** Of this one user. */
  readonly #presences: Presences;
  readonly #friends: Friends;
  /** In the calls of direct conversations. */
  readonly #voice: VoiceStates;

  constructor(host: Host<UserSeat>, deps: RoomDeps) {
    this.#host = host;
    this.#id = host.id as Snowflake; // Tickets and publishes are for this id, or refused.
    this.#lobby = new Lobby(host, deps);
    this.#alarms = new Alarms(
      (at) => host.setAlarm(at),
      () => host.now(),
    );
    this.#marks = new ReadMarks(host.storage);
    this.#unsaved = new UnsavedMarks({
      storage: host.storage,
      marks: this.#marks,
      save: (marks) => deps.api.storeMarks(this.#id, marks),
      alarm: (at) => this.#alarms.set('marks', at),
      now: () => host.now(),
      log: host.log,
    });
    this.#notifications = new NotificationSettings(host.storage);
    this.#reading = new FirstQuestion({
      storage: host.storage,
      key: 'reading',
      ask: () => deps.api.reading(this.#id),
      hear: (reading) => this.#learn(reading),
      now: () => host.now(),
      log: host.log,
    });
    this.#latest = new DirectLatest(host.storage);
    this.#presences = new Presences(host.storage);
    this.#voice = new VoiceStates(host.storage);
    this.#friends = new Friends({
      ask: () => deps.api.friends(this.#id),
      rooms: host.rooms,
      own: () => this.#presences.of([this.#id])[0] ?? { userId: this.#id, status: 'offline' },
      tell: (presences) => host.broadcast(frame({ type: 'presence.changed', presences })),
      now: () => host.now(),
      alarm: (at) => this.#alarms.set('friends', at),
      log: host.log,
    });
  }

  async start(): Promise<void> {
    await Promise.all([
      this.#lobby.start(),
      this.#marks.start(),
      this.#unsaved.start(),
      this.#notifications.start(),
      this.#reading.start(),
      this.#latest.start(),
      this.#presences.start(),
      this.#voice.start(this.#host.now()),
    ]);
    this.#alarms.set('voice', this.#voice.nextExpiry);
    for (const { id, state } of this.#host.connections()) {
      this.#presences.connect(this.#id, id, state.idle);
      this.#friends.follow();
    }
    this.#renewLater();
  }

  async admit(text: string, since: string | undefined): Promise<Admission<UserSeat>> {
    const ticket = await this.#lobby.check(text, (checked) => this.#mine(checked));
    if (typeof ticket === 'string') return { ok: false, reason: ticket };
    const { issuedAt: _, ...claims } = ticket;
    await this.#reading.meet();
    const resume = await this.#lobby.issue(claims);
    const refusal = this.#lobby.refusal(ticket);
    if (refusal !== undefined) return { ok: false, reason: refusal };
    const state = { ticket: claims, renewedAt: this.#host.now(), idle: false };
    return { ok: true, state, since, resume };
  }

  #mine(ticket: VerifiedTicket): VerifiedTicket<UserTicket> | undefined {
    return ticket.kind === 'user' && ticket.user.id === this.#host.id ? ticket : undefined;
  }

  connect(connection: Connection<UserSeat>, { resume }: Admission<UserSeat> & { ok: true }): void {
    this.#lobby.enter(connection);
    const marks = this.#marks.all;
    const notifications = this.#notifications.all;
    connection.send(frame({ type: 'ready', seq: 0, marks, notifications, ...resume }));
    for (const latest of this.#latest) {
      if (this.#isUnread(latest)) connection.send(frame({ type: 'direct.activity', ...latest }));
    }
    for (const state of this.#voice.all) {
      connection.send(frame({ type: 'voice.joined', state }));
    }
    const { online } = this.#friends;
    if (online.length > 0) connection.send(frame({ type: 'presence.changed', presences: online }));
    this.#show(this.#presences.connect(this.#id, connection.id, false));
    this.#friends.follow();
    this.#renewLater();
  }

  receive(connection: Connection<UserSeat>, text: string): void {
    const event = this.#lobby.read(connection, text, UserClientEvent);
    if (event === undefined || event.type === 'ping') return;
    if (event.type === 'presence.set') {
      connection.setState({ ...connection.state, idle: event.status === 'idle' });
      this.#show(this.#presences.choose(this.#id, connection.id, event));
      return;
    }
    const marks = event.type === 'read.marks' ? event.marks : [event];
    for (const { channelId, messageId } of marks) this.#mark(channelId, messageId);
  }

  disconnect(connection: Connection<UserSeat>): void {
    this.#lobby.forget(connection);
    this.#presences.disconnect(this.#id, connection.id, this.#host.now());
    this.#alarms.set('presence', this.#presences.nextLeave);
  }

  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    return events.map((event) => {
      const parsed = UserPublish.safeParse(event);
      if (!parsed.success) return { ok: false, code: 'invalid', message: 'No such event.' };
      return this.#hear(parsed.data);
    });
  }

  async alarm(): Promise<void> {
    for (const name of this.#alarms.due()) {
      if (name === 'friends') this.#friends.wake();
      else if (name === 'marks') await this.#unsaved.save();
      else if (name === 'presence') this.#leave();
      else if (name === 'voice') this.#tellVoice(this.#voice.expire(this.#host.now()));
      else {
        await this.#lobby.renew();
        void this.#friends.check();
        this.#renewLater();
      }
    }
  }

  #hear(event: UserPublish): PublishAnswer {
    switch (event.type) {
      case 'revoke':
        this.#revoke(event);
        return OK;
      case 'friend.presence': {
        const presence = this.#friends.hear(event.presence);
        return presence === undefined ? OK : { ok: true, presence };
      }
      case 'relationship.changed': {
        const { user, kind } = event.relationship;
        if (kind === 'friend') this.#friends.befriend(user.id);
        else this.#friends.unfriend(user.id);
        break;
      }
      case 'relationship.removed':
        this.#friends.unfriend(event.userId);
        break;
      case 'direct.activity':
        this.#stir(event);
        break;
      case 'direct.closed':
        this.#latest.forget(event.channelId);
        this.#tellVoice(this.#voice.removeCall(event.channelId));
        break;
      case 'voice.joined':
      case 'voice.updated':
      case 'voice.left':
      case 'voice.snapshot':
        this.#tellVoice(this.#voice.hear(event, this.#host.now()));
        return OK;
      case 'notifications.changed':
        for (const setting of event.settings) this.#notifications.set(setting);
        break;
      case 'server.joined':
      case 'server.left':
      case 'me.updated':
      case 'direct.opened':
      case 'direct.updated':
    }
    this.#host.broadcast(frame(event));
    return OK;
  }

  #revoke({ userId, sessionId, reason }: UserPublish & { type: 'revoke' }): void {
    if (userId !== this.#host.id) return;
    if (sessionId !== undefined) {
      this.#host.broadcast(frame({ type: 'session.revoked', sessionId }));
    }
    this.#lobby.revoke(userId, sessionId, reason);
  }

  #stir({ channelId, messageId, authorId }: Latest): void {
    this.#latest.set({ channelId, messageId, authorId });
    // Whoever writes has read what is above it, on whichever device.
    if (authorId === this.#id) this.#mark(channelId, messageId);
  }

  /** What api has stored, for a room that knows nothing else. */
  #learn(reading: Reading | undefined): void {
    if (reading === undefined) return;
    for (const mark of this.#marks.learn(reading.marks)) {
      this.#host.broadcast(frame({ type: 'read.mark', ...mark }));
    }
    const settings = this.#notifications.learn(reading.notifications);
    if (settings.length > 0) {
      this.#host.broadcast(frame({ type: 'notifications.changed', settings }));
    }
  }

  #mark(channelId: Snowflake, messageId: Snowflake): void {
    if (!this.#marks.set(channelId, messageId)) return;
    this.#unsaved.changed(channelId);
    // Also to the one who said it: of two devices that mark at once, both have to end with the last.
    this.#host.broadcast(frame({ type: 'read.mark', channelId, messageId }));
  }

  #isUnread({ channelId, messageId }: Latest): boolean {
    const mark = this.#marks.get(channelId);
    return mark === undefined || compareSnowflakes(messageId, mark) > 0;
  }

  #tellVoice(events: readonly (VoiceEvent | undefined)[]): void {
    for (const event of events) {
      if (event !== undefined) this.#host.broadcast(frame(event));
    }
    this.#alarms.set('voice', this.#voice.nextExpiry);
  }

  #leave(): void {
    for (const presence of this.#presences.leave(this.#host.now())) this.#show(presence);
    this.#alarms.set('presence', this.#presences.nextLeave);
    for (const _ of this.#host.connections()) return;
    this.#friends.rest();
  }

  #show(presence: Presence | undefined): void {
    if (presence !== undefined) this.#friends.show(presence);
  }

  #renewLater(): void {
    const [anyone] = this.#host.connections();
    if (anyone === undefined || this.#alarms.at('tickets') !== undefined) return;
    this.#alarms.set('tickets', this.#host.now() + TICKET_RENEWAL_MS);
  }
}

const OK: PublishAnswer = { ok: true };

function frame(event: UserServerEvent): string {
  return JSON.stringify(event);
}
