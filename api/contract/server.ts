import { z } from 'zod';
import { Category, Channel } from './channel.ts';
import { Emoji } from './emoji.ts';
import { nameText } from './name-text.ts';
import { Snowflake } from './ids.ts';
import { Member } from './member.ts';
import { Role } from './role.ts';
import { ThemeName } from './user.ts';

/** Servers one user can be a member of. */
export const MAX_SERVERS_PER_USER = 100;

export const ServerName = nameText(100);

export const Server = z.object({
  id: Snowflake,
  name: z.string(),
  /** Address of a 256x256 WebP, or null: the app draws initials. */
  icon: z.string().nullable(),
  /** For members who chose none; null: the instance's. */
  theme: z.string().nullable().default(null),
  ownerId: Snowflake,
});
export type Server = z.infer<typeof Server>;

export const CreateServer = z.object({ name: ServerName });
export type CreateServer = z.input<typeof CreateServer>;

export const EditServer = z.object({
  name: ServerName.optional(),
  theme: ThemeName.nullable().optional(),
});
export type EditServer = z.input<typeof EditServer>;

/**
 * The shape of a server at one revision: everything that decides who may see what. Kept by the
 * server room, filtered for each member before it leaves.
 */
export const Structure = z.object({
  /** Grows by one at each change, so that a late publish never undoes a newer one. */
  rev: z.number().int(),
  server: Server,
  channels: z.array(Channel),
  categories: z.array(Category),
  roles: z.array(Role),
  /** Absent from what older versions stored. */
  emojis: z.array(Emoji).default([]),
});
export type Structure = z.infer<typeof Structure>;

/** A ticket in a client's hands: where to connect, with what, until when (ISO 8601). */
export const IssuedTicket = z.object({
  /** The socket's address without query. */
  url: z.string(),
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
});
export type IssuedTicket = z.infer<typeof IssuedTicket>;

/** A server as one member sees it: channels they cannot view are not in it. */
export const ServerView = Structure.extend({
  me: Member,
  /** Ticket to the server's room, so that opening a server is one request. */
  ticket: IssuedTicket,
});
export type ServerView = z.infer<typeof ServerView>;
