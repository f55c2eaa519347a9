import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { Naming } from '../contract/publish.ts';
import type { Mention } from '../contract/server-event.ts';
import type { Storage } from './host.ts';
import type { Viewer } from './visibility.ts';

/** Kept of one channel, and of all of them together; the oldest give way. */
const MAX_IN_CHANNEL = 200;
const MAX_KEPT = 2_000;
/** Told to one who comes in: the youngest. */
const MAX_TOLD = 500;
/** Who was here when `@here` was said, as far as it is kept. */
const MAX_HERE = 300;

/** What is known of the moment at which a message was heard of. */
export interface Moment {
  /** Roles that anyone may name. */
  mentionable: ReadonlySet<Snowflake>;
  /** Those who are not offline. */
  here: Iterable<Snowflake>;
}

/** A message that names somebody, with its words resolved as of when it was said. */
interface Named extends Mention {
  users: readonly Snowflake[];
  roles: readonly Snowflake[];
  everyone: boolean;
}

/** Who was named where in a server, so that whoever was away finds their mentions counted. */
export class Namings {
  readonly #storage: Storage;
  /** By message, oldest first. */
  readonly #named = new Map<Snowflake, Named>();
  readonly #counts = new Map<Snowflake, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    const stored = await this.#storage.list({ prefix: 'named/' });
    const all = stored.map(([, value]) => value as Named); // Written below.
    all.sort((one, other) => compareSnowflakes(one.messageId, other.messageId));
    for (const named of all) this.#keep(named);
  }

  /** False: it names nobody, or is known. */
  add(channelId: Snowflake, naming: Naming, { mentionable, here }: Moment): boolean {
    const { messageId, authorId, users, roles, crowd, anyRole } = naming;
    if (this.#named.has(messageId)) return false;
    const named = {
      channelId,
      messageId,
      authorId,
      users: crowd === 'here' ? withHere(users, here) : users,
      roles: anyRole ? roles : roles.filter((role) => mentionable.has(role)),
      everyone: crowd === 'everyone',
    };
    if (!named.everyone && named.users.length === 0 && named.roles.length === 0) return false;
    this.#keep(named);
    this.#storage.put(`named/${messageId}`, named);
    if ((this.#counts.get(channelId) ?? 0) > MAX_IN_CHANNEL) this.#forgetOldest(channelId);
    if (this.#named.size > MAX_KEPT) this.#forgetOldest();
    return true;
  }

  forget(messageId: Snowflake): void {
    const named = this.#named.get(messageId);
    if (named === undefined) return;
    this.#named.delete(messageId);
    this.#counts.set(named.channelId, (this.#counts.get(named.channelId) ?? 1) - 1);
    this.#storage.delete(`named/${messageId}`);
  }

  /** Whether that message names anybody. */
  has(messageId: Snowflake): boolean {
    return this.#named.has(messageId);
  }

  /** Whether that message names them. */
  names(messageId: Snowflake, viewer: Viewer): boolean {
    const named = this.#named.get(messageId);
    return named !== undefined && isNamed(named, viewer);
  }

  /** The youngest in these channels that name them, oldest first. */
  of(viewer: Viewer, channelIds: ReadonlySet<Snowflake>): Mention[] {
    const mentions: Mention[] = [];
    for (const named of this.#named.values()) {
      if (!channelIds.has(named.channelId) || !isNamed(named, viewer)) continue;
      const { channelId, messageId, authorId } = named;
      mentions.push({ channelId, messageId, authorId });
    }
    return mentions.slice(-MAX_TOLD);
  }

  /** What is of no channel any more. */
  keepOnly(channelIds: ReadonlySet<Snowflake>): void {
    for (const { channelId, messageId } of this.#named.values()) {
      if (!channelIds.has(channelId)) this.forget(messageId);
    }
  }

  #keep(named: Named): void {
    this.#named.set(named.messageId, named);
    this.#counts.set(named.channelId, (this.#counts.get(named.channelId) ?? 0) + 1);
  }

  #forgetOldest(channelId?: Snowflake): void {
    for (const named of this.#named.values()) {
      if (channelId !== undefined && named.channelId !== channelId) continue;
      this.forget(named.messageId);
      return;
    }
  }
}

/** Nobody is named by their own words. */
function isNamed(named: Named, { userId, roles }: Viewer): boolean {
  if (named.authorId === userId) return false;
  if (named.everyone || named.users.some((id) => id === userId)) return true;
  return named.roles.some((role) => roles.includes(role));
}

function withHere(users: readonly Snowflake[], here: Iterable<Snowflake>): Snowflake[] {
  const all = new Set(users);
  for (const userId of here) {
    if (all.size >= MAX_HERE) break;
    all.add(userId);
  }
  return [...all];
}
