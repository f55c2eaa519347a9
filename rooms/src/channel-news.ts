import type { Snowflake } from '@harmonium/api/ids';
import type { User } from '@harmonium/api/user';
import type {
  Annotate,
  AskUndrained,
  ChannelPublish,
  PublishAnswer,
  Purge,
} from '../contract/publish.ts';
import { isMessageRecord, type ChannelRecord } from '../contract/server-event.ts';
import { NOT_KNOWN, type ChannelSeat, type Guest } from './channel-access.ts';
import type { ChannelParts } from './channel-parts.ts';
import { UNAVAILABLE } from './find-message.ts';
import type { Host } from './host.ts';
import type { Accepted } from './journal.ts';
import { CHANNEL_GONE } from './requests.ts';

/** What the room does with what it hears. */
interface Hearer {
  made: (accepted: Accepted) => void;
  tellPermissions: (connection: Guest) => void;
  belongTo: (serverId: string) => void;
  /** Before anything is told. */
  askWhereArchived: () => void;
  isRemoved: () => boolean;
  remove: () => Promise<void>;
}

/** What services say to a channel's room. */
export class ChannelNews {
  readonly #host: Host<ChannelSeat>;
  readonly #parts: ChannelParts;
  readonly #room: Hearer;

  constructor(host: Host<ChannelSeat>, parts: ChannelParts, room: Hearer) {
    this.#host = host;
    this.#parts = parts;
    this.#room = room;
  }

  async hear(event: ChannelPublish): Promise<PublishAnswer> {
    if (TOLD_TO_ALL.has(event.type)) this.#room.askWhereArchived();
    const { access, archive, participants, slowmode, directVoice, lobby, pins, past } = this.#parts;
    switch (event.type) {
      case 'accept':
        return this.#accept(event);
      case 'undrained':
        return this.#tellUndrained(event);
      case 'purge':
        return this.#purge(event);
      case 'annotate':
        return this.#annotate(event);
      case 'pins':
        await past.meet();
        return { ok: true, pins: [...pins.ids] };
      case 'revoke':
        lobby.revoke(event.userId, event.sessionId, event.reason);
        return OK;
      case 'permissions.changed':
        access.grant(event.userId, event.permissions);
        return OK;
      case 'access.changed':
        access.change(event.userIds);
        return OK;
      case 'thread.archived':
        archive.set(event.archived);
        // What changed before api knew that it has to tell this room, nobody told it.
        if (!event.archived) access.change(undefined);
        return OK;
      case 'participants.changed':
        participants.set(event.userIds, this.#host.now());
        this.#closeOthers(event.userIds);
        return OK;
      case 'channel.updated':
        slowmode.set(event.slowmode, this.#host.now());
        for (const connection of this.#host.connections()) this.#room.tellPermissions(connection);
        return OK;
      case 'user.updated':
        this.#rename(event.user);
        return OK;
      case 'voice.joined':
      case 'voice.updated':
      case 'voice.left':
      case 'voice.snapshot':
        directVoice.tell(participants.ids ?? [], event);
        return OK;
      case 'room.removed':
        await this.#room.remove();
        return OK;
    }
  }

  async #accept(event: ChannelPublish & { type: 'accept' }): Promise<PublishAnswer> {
    if (this.#room.isRemoved()) return { ok: false, ...CHANNEL_GONE };
    if (event.serverId !== undefined) this.#room.belongTo(event.serverId);
    const { nonces, past, access, requests } = this.#parts;
    await Promise.all([nonces.load(event.author.id), past.meet()]);
    const permissions = await access.permissions(event.author.id, event.permissions);
    if (permissions === undefined) return { ok: false, ...NOT_KNOWN };
    const bits = BigInt(permissions);
    const asker = { user: event.author, permissions: bits, still: () => bits };
    const answer = await requests.ask(asker, event.event);
    if ('code' in answer) return { ok: false, ...answer };
    const record = answer.record ?? (JSON.parse(answer.frame) as ChannelRecord); // Written by the room.
    return isMessageRecord(record) ? { ok: true, message: record.message } : OK;
  }

  async #tellUndrained(ask: AskUndrained): Promise<PublishAnswer> {
    const { undrained, outbox } = this.#parts;
    const { messages, removed, reacted } = await undrained.changes(ask, outbox.drained);
    const gone = new Set(removed.map(({ id }) => id));
    for (const { id, removedAt } of messages) if (removedAt !== null) gone.add(id);
    const told = reacted.filter((id) => !gone.has(id));
    const reactions = await this.#reactionsOn(told);
    // Without them the page would show what is not so.
    if (reactions === undefined) return { ok: false, ...UNAVAILABLE };
    return {
      ok: true,
      messages,
      ...(removed.length === 0 ? {} : { removed }),
      ...(reactions.length === 0 ? {} : { reactions }),
    };
  }

  async #reactionsOn(ids: readonly Snowflake[]) {
    try {
      return await Promise.all(ids.map((id) => this.#parts.reactions.all(id)));
    } catch (error) {
      this.#host.log.warn({ error }, 'reactions could not be looked up');
      return undefined;
    }
  }

  async #purge(purge: Purge): Promise<PublishAnswer> {
    if (this.#room.isRemoved()) return { ok: false, ...CHANNEL_GONE };
    const { purges, outbox } = this.#parts;
    await purges.remove(purge, outbox.drained, this.#room.made);
    return OK;
  }

  async #annotate(event: Annotate): Promise<PublishAnswer> {
    if (this.#room.isRemoved()) return { ok: false, ...CHANNEL_GONE };
    const { annotations, past } = this.#parts;
    await past.meet();
    const outcome = await annotations.annotate(event);
    if (outcome === undefined) return OK;
    if ('code' in outcome) return { ok: false, ...outcome };
    this.#room.made(outcome);
    return OK;
  }

  #rename(user: User): void {
    const { names, log } = this.#parts;
    names.set(user.id, user, this.#host.now());
    log.rename(user);
    for (const connection of this.#host.connections()) {
      const { state } = connection;
      if (state.ticket.user.id !== user.id) continue;
      connection.setState({ ...state, ticket: { ...state.ticket, user } });
    }
  }

  #closeOthers(userIds: readonly Snowflake[]): void {
    for (const connection of this.#host.connections()) {
      if (!userIds.includes(connection.state.ticket.user.id)) connection.close('access_lost');
    }
  }
}

/** What services say that those who are here come to hear. */
const TOLD_TO_ALL = new Set<ChannelPublish['type']>([
  'accept',
  'purge',
  'annotate',
  'channel.updated',
]);

const OK: PublishAnswer = { ok: true };
