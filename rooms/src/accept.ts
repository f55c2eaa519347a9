import {
  compareSnowflakes,
  createSnowflakes,
  snowflakeTime,
  type Snowflake,
  type SnowflakeSource,
} from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { User } from '@harmonium/api/user';
import type { MessageRecord } from '../contract/server-event.ts';
import { Buckets } from './bucket.ts';
import type { EventLog } from './event-log.ts';
import type { Refusal } from './lobby.ts';
import type { Nonces } from './nonces.ts';
import { snowflakeNode } from './room-node.ts';
import { SlowMode } from './slow-mode.ts';

/** Whoever speaks, over a socket or by REST. */
export interface Actor {
  user: User;
  permissions: bigint;
}

/** What an actor asks for; `nonce` is their own name for it. */
export type Request = { nonce?: string | undefined } & (
  | { type: 'message.send'; content: string }
  | { type: 'message.edit'; id: Snowflake; content: string }
  | { type: 'message.remove'; id: Snowflake }
);
export type Change = Exclude<Request, { type: 'message.send' }>;

export type Accepted = { record: MessageRecord; frame: string };

/** Bursts that a fast typist reaches, and a rate that nobody reads. */
const MESSAGES = { burst: 10, perSecond: 2 };

/** The one gate that every message passes, and the only writer of the channel's log. */
export class Gate {
  readonly #channelId: Snowflake;
  readonly #log: EventLog;
  readonly #nonces: Nonces;
  readonly #now: () => number;
  readonly #flood: Buckets;
  readonly #slowMode = new SlowMode();
  #ids: SnowflakeSource;
  #lastId: Snowflake | undefined;

  constructor(options: {
    channelId: Snowflake;
    log: EventLog;
    nonces: Nonces;
    now: () => number;
    rateLimitScale: number;
  }) {
    this.#channelId = options.channelId;
    this.#log = options.log;
    this.#nonces = options.nonces;
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
        this.#slowMode.wrote(message.author.id, Date.parse(message.createdAt));
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

  send(
    actor: Actor,
    request: Request & { type: 'message.send' },
    slowmode: number,
  ): Accepted | Refusal {
    if (!hasPermission(actor.permissions, Permission.SEND_MESSAGES)) {
      return { code: 'missing_permission', message: 'Writing is not allowed here.' };
    }
    const now = this.#now();
    const wait = hurries(actor) ? 0 : this.#slowMode.wait(actor.user.id, slowmode, now);
    if (wait > 0) {
      return { code: 'slow_mode', message: 'Slow mode is on.', retryAfter: ceilSeconds(wait) };
    }
    const id = this.#ids.next();
    this.#lastId = id;
    this.#slowMode.wrote(actor.user.id, now);
    return this.#append(actor, request.nonce, 'message.created', {
      id,
      channelId: this.#channelId,
      author: actor.user,
      content: storable(request.content),
      createdAt: new Date(snowflakeTime(id)).toISOString(),
      editedAt: null,
      removedAt: null,
    });
  }

  /** @param message as it is now */
  change(actor: Actor, request: Change, message: Message | undefined): Accepted | Refusal {
    if (message === undefined || message.removedAt !== null) {
      return { code: 'not_found', message: 'There is no such message.' };
    }
    const own = message.author.id === actor.user.id;
    // After what it follows: whoever holds two versions of a message knows the younger by it.
    const last = Date.parse(message.editedAt ?? message.createdAt) + (message.editedAt ? 1 : 0);
    const at = new Date(Math.max(this.#now(), last)).toISOString();
    if (request.type === 'message.edit') {
      if (!own || !hasPermission(actor.permissions, Permission.SEND_MESSAGES)) {
        return { code: 'missing_permission', message: 'Only its author can edit a message.' };
      }
      const edited = { ...message, content: storable(request.content), editedAt: at };
      return this.#append(actor, request.nonce, 'message.edited', edited);
    }
    if (!own && !hasPermission(actor.permissions, Permission.MANAGE_MESSAGES)) {
      return { code: 'missing_permission', message: 'Removing it is not allowed.' };
    }
    const removed = { ...message, content: '', removedAt: at };
    const by = own ? undefined : actor.user.id;
    return this.#append(actor, request.nonce, 'message.removed', removed, by);
  }

  #append(
    actor: Actor,
    nonce: string | undefined,
    type: MessageRecord['type'],
    message: Message,
    by?: Snowflake,
  ): Accepted {
    const record: MessageRecord = {
      type,
      seq: this.#log.seq + 1,
      message,
      nonce,
      ...(by === undefined ? {} : { by }),
    };
    const frame = this.#log.append(record);
    if (nonce !== undefined) {
      const { seq } = record;
      this.#nonces.add(actor.user.id, nonce, { type, seq, messageId: message.id, at: this.#now() });
    }
    return { record, frame };
  }

  #idsAfter(last: Snowflake | undefined): SnowflakeSource {
    return createSnowflakes({
      node: snowflakeNode(this.#channelId),
      now: this.#now,
      ...(last === undefined ? {} : { last }),
    });
  }
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
