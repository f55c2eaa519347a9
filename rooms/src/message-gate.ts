import type { Attachment } from '@harmonium/api/attachment';
import type { EmojiKey } from '@harmonium/api/emoji';
import {
  compareSnowflakes,
  createSnowflakes,
  snowflakeTime,
  type Snowflake,
  type SnowflakeSource,
} from '@harmonium/api/ids';
import { shownLinks } from '@harmonium/api/markup';
import type { Draft, Mentions, Message } from '@harmonium/api/message';
import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { User } from '@harmonium/api/user';
import type { Naming } from '../contract/publish.ts';
import { Buckets } from './bucket.ts';
import { Cooldowns } from './cooldowns.ts';
import type { EventLog } from './event-log.ts';
import type { Accepted, Journal } from './journal.ts';
import type { Refusal } from './lobby.ts';
import { mentionsOf, namedIn, namedOtherwise, type Named } from './mentions.ts';
import { snowflakeNode } from './room-node.ts';
import { tombstoneOf } from './tombstone.ts';

/** Whoever speaks, over a socket or by REST. */
export interface Actor {
  user: User;
  permissions: bigint;
}

/** What an actor asks for; `nonce` is their own name for it. */
export type Request = { nonce?: string | undefined } & (
  | ({ type: 'message.send' } & Draft)
  | { type: 'message.edit'; id: Snowflake; content: string }
  | { type: 'message.remove'; id: Snowflake }
  | { type: 'reaction.add'; id: Snowflake; emoji: EmojiKey }
  | { type: 'reaction.remove'; id: Snowflake; emoji: EmojiKey; userId?: Snowflake | undefined }
  | { type: 'pin.add' | 'pin.remove'; id: Snowflake }
);
export type Send = Request & { type: 'message.send' };
export type Change = Request & { type: 'message.edit' | 'message.remove' };

/** What a new message is made of beside its draft. */
interface Surroundings {
  slowmode: number;
  /** What it answers, as far as that is known and still there. */
  answered: Message | undefined;
  attachments: Attachment[];
}

/** Bursts that a fast typist reaches, and a rate that nobody reads. */
const MESSAGES = { burst: 10, perSecond: 2 };

/**
 * What every message passes, its edits and its removal: who may, how fast, and what of it is kept.
 * Reactions (`reacting.ts`) and pins (`pins.ts`) have gates of their own.
 */
export class MessageGate {
  readonly #channelId: Snowflake;
  readonly #log: EventLog;
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #flood: Buckets;
  readonly #cooldowns = new Cooldowns();
  #ids: SnowflakeSource;
  #lastId: Snowflake | undefined;

  constructor(options: {
    channelId: Snowflake;
    log: EventLog;
    journal: Journal;
    now: () => number;
    rateLimitScale: number;
  }) {
    this.#channelId = options.channelId;
    this.#log = options.log;
    this.#journal = options.journal;
    this.#now = options.now;
    this.#flood = new Buckets({
      burst: MESSAGES.burst * options.rateLimitScale,
      perSecond: MESSAGES.perSecond * options.rateLimitScale,
    });
    this.#ids = this.#idsAfter(undefined);
  }

  /** Picks up where the log ends; the log has started. */
  start(lastId: Snowflake | undefined): void {
    this.follow(lastId);
    for (const { type, message } of this.#log.recent()) {
      if (type === 'message.created')
        this.#cooldowns.wrote(message.author.id, Date.parse(message.createdAt));
    }
  }

  /** Ids are larger than this one from now on, as they are than those before. */
  follow(lastId: Snowflake | undefined): void {
    if (lastId === undefined) return;
    if (this.#lastId !== undefined && compareSnowflakes(lastId, this.#lastId) <= 0) return;
    this.#lastId = lastId;
    this.#ids = this.#idsAfter(lastId);
  }

  /** What everyone pays, whatever they ask for. */
  flooding(actor: Actor): Refusal | undefined {
    const retryAfter = this.#flood.take(actor.user.id, this.#now());
    if (retryAfter === 0) return undefined;
    return { code: 'flooding', message: 'Too much at once.', retryAfter: ceilSeconds(retryAfter) };
  }

  send(actor: Actor, request: Send, surroundings: Surroundings): Accepted | Refusal {
    const { slowmode, answered, attachments } = surroundings;
    const may = (bit: bigint) => hasPermission(actor.permissions, bit);
    if (!may(Permission.SEND_MESSAGES)) return refused('Writing is not allowed here.');
    if (attachments.length > 0 && !may(Permission.ATTACH_FILES)) {
      return refused('Sending files is not allowed here.');
    }
    const now = this.#now();
    const wait = hurries(actor) ? 0 : this.#cooldowns.wait(actor.user.id, slowmode, now);
    if (wait > 0) {
      return { code: 'slow_mode', message: 'Slow mode is on.', retryAfter: ceilSeconds(wait) };
    }
    const id = this.#ids.next();
    const { nonce, replyTo, quiet } = request;
    if (replyTo !== undefined && compareSnowflakes(replyTo, id) >= 0) return NOTHING_TO_ANSWER;
    this.#lastId = id;
    this.#cooldowns.wrote(actor.user.id, now);
    const content = storable(request.content);
    const named = namedIn(content);
    const answersOther = answered !== undefined && answered.author.id !== actor.user.id;
    const also = answersOther && quiet !== true ? [answered.author.id] : [];
    const message: Message = {
      id,
      channelId: this.#channelId,
      author: actor.user,
      content,
      createdAt: new Date(snowflakeTime(id)).toISOString(),
      editedAt: null,
      removedAt: null,
    };
    if (replyTo !== undefined) message.replyTo = replyTo;
    if (attachments.length > 0) message.attachments = attachments;
    const mentions = mentionsOf(named, also, may(Permission.MENTION_EVERYONE));
    if (mentions !== undefined) message.mentions = mentions;
    const accepted = this.#journal.write(
      { type: 'message.created', message, nonce, ...previews(actor, content) },
      actor.user.id,
    );
    return mentions === undefined
      ? accepted
      : { ...accepted, naming: namingOf(message, mentions, named, may) };
  }

  /** @param message as it is now */
  change(actor: Actor, request: Change, message: Message | undefined): Accepted | Refusal {
    if (message === undefined || message.removedAt !== null) return GONE;
    const { nonce } = request;
    const own = message.author.id === actor.user.id;
    // After what it follows: whoever holds two versions of a message knows the younger by it.
    const last = Date.parse(message.editedAt ?? message.createdAt) + (message.editedAt ? 1 : 0);
    const at = new Date(Math.max(this.#now(), last)).toISOString();
    if (request.type === 'message.edit') {
      if (!own || !hasPermission(actor.permissions, Permission.SEND_MESSAGES)) {
        return refused('Only its author can edit a message.');
      }
      const edited = rewritten(actor, message, storable(request.content), at);
      return this.#journal.write(
        { type: 'message.edited', message: edited, nonce, ...previews(actor, edited.content) },
        actor.user.id,
      );
    }
    if (!own && !hasPermission(actor.permissions, Permission.MANAGE_MESSAGES)) {
      return refused('Removing it is not allowed.');
    }
    const by = own ? {} : { by: actor.user.id };
    return this.#journal.write(
      { type: 'message.removed', message: tombstoneOf(message, at), nonce, ...by },
      actor.user.id,
    );
  }

  #idsAfter(last: Snowflake | undefined): SnowflakeSource {
    return createSnowflakes({
      node: snowflakeNode(this.#channelId),
      now: this.#now,
      ...(last === undefined ? {} : { last }),
    });
  }
}

/** With other words: whom these name, and of its previews those of links that are still there. */
function rewritten(actor: Actor, message: Message, content: string, editedAt: string): Message {
  const { mentions: _names, embeds, ...rest } = message;
  const edited: Message = { ...rest, content, editedAt };
  const crowds = hasPermission(actor.permissions, Permission.MENTION_EVERYONE);
  const mentions = mentionsOf(namedIn(content), namedOtherwise(message), crowds);
  if (mentions !== undefined) edited.mentions = mentions;
  if (embeds !== undefined) {
    const links = new Set(shownLinks(content));
    edited.embeds = embeds.filter(({ url }) => links.has(url));
  }
  return edited;
}

function namingOf(
  { id, author }: Message,
  { users, roles, everyone }: Mentions,
  { crowd }: Named,
  may: (bit: bigint) => boolean,
): Naming {
  const naming = { messageId: id, authorId: author.id, users, roles };
  const anyRole = may(Permission.MENTION_EVERYONE);
  return everyone && crowd !== undefined ? { ...naming, anyRole, crowd } : { ...naming, anyRole };
}

/** Nobody but api has to know, and only of what may have a link in it. */
function previews({ permissions }: Actor, content: string): { previews?: true } {
  const shows = content.includes('http') && hasPermission(permissions, Permission.EMBED_LINKS);
  return shows ? { previews: true } : {};
}

/** Whoever runs a channel is not slowed down in it. */
function hurries({ permissions }: Actor): boolean {
  return (permissions & (Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS)) !== 0n;
}

/** PostgreSQL stores neither NUL nor half a surrogate pair, and the outbox must not stick on them. */
function storable(content: string): string {
  return content.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

function ceilSeconds(seconds: number): number {
  return Math.ceil(seconds * 10) / 10;
}

export function refused(message: string): Refusal {
  return { code: 'missing_permission', message };
}

export const GONE: Refusal = { code: 'not_found', message: 'There is no such message.' };
export const NOTHING_TO_ANSWER: Refusal = {
  code: 'invalid',
  message: 'There is no such message to answer.',
};
