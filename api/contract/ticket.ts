import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import { Attachment } from './attachment.ts';
import { Slowmode } from './channel.ts';
import { hmacKey } from './hmac-key.ts';
import { Snowflake } from './ids.ts';
import { MAX_PARTICIPANTS } from './participants.ts';
import { PermissionSet } from './permissions.ts';
import { User } from './user.ts';

export { TICKET_TTL_S } from './ticket-life.ts';

/** Seconds a resume ticket (handed out by a room to whoever is connected) can be used to reconnect. */
export const RESUME_TICKET_TTL_S = 15 * 60;

const common = {
  user: User,
  /** The login session behind the ticket; rooms close its sockets when it is revoked. */
  sessionId: Snowflake,
};

export const ChannelTicket = z.object({
  kind: z.literal('channel'),
  channelId: Snowflake,
  /** Null: a direct conversation between `participants`. */
  serverId: Snowflake.nullable(),
  participants: z.array(Snowflake).max(MAX_PARTICIPANTS).optional(),
  permissions: PermissionSet,
  /** When `permissions` end by themselves: a timeout runs out. */
  recheckAt: z.iso.datetime().nullish(),
  slowmode: Slowmode,
  ...common,
});
export type ChannelTicket = z.infer<typeof ChannelTicket>;

export const ServerTicket = z.object({
  kind: z.literal('server'),
  serverId: Snowflake,
  /** Roles held beside @everyone. */
  roles: z.array(Snowflake),
  timeoutUntil: z.iso.datetime().nullable(),
  ...common,
});
export type ServerTicket = z.infer<typeof ServerTicket>;

export const UserTicket = z.object({ kind: z.literal('user'), ...common });
export type UserTicket = z.infer<typeof UserTicket>;

export const VoiceTicketClaims = z.object({
  kind: z.literal('voice'),
  channelId: Snowflake,
  /** Null: a call of a direct conversation between `participants`. */
  serverId: Snowflake.nullable(),
  participants: z.array(Snowflake).max(MAX_PARTICIPANTS).optional(),
  permissions: PermissionSet,
  /** By a moderator of the server; absent: not. */
  serverMuted: z.boolean().optional(),
  serverDeafened: z.boolean().optional(),
  /** A call of the user with themselves, to try the way: `channelId` is their own id. */
  test: z.boolean().optional(),
  /** The only node that lets its holder in; absent: there is but one. */
  node: z.string().max(64).optional(),
  ...common,
});
export type VoiceTicketClaims = z.infer<typeof VoiceTicketClaims>;

/**
 * A capability: whoever holds it may connect to one room as one user with the bits it names.
 * A room checks signature, time and room, and asks nobody.
 */
export const Ticket = z.discriminatedUnion('kind', [
  ChannelTicket,
  ServerTicket,
  UserTicket,
  VoiceTicketClaims,
]);
export type Ticket = z.infer<typeof Ticket>;

/** What a verified ticket says, with the second (Unix time) it was issued. */
export type VerifiedTicket<Claims extends Ticket = Ticket> = Claims & { issuedAt: number };

/** A file whose bytes were checked: `userId`, and nobody else, may put it in a message of that channel. */
export const AttachmentTicket = z.object({
  channelId: Snowflake,
  userId: Snowflake,
  attachment: Attachment,
});
export type AttachmentTicket = z.infer<typeof AttachmentTicket>;

/** Seconds a complete upload can be put in a message. */
export const ATTACHMENT_TICKET_TTL_S = 24 * 60 * 60;

export interface TicketKeys {
  /** @param ttl seconds. Answers the compact JWT and its end. */
  issue(ticket: Ticket, ttl: number): Promise<{ ticket: string; expiresAt: string }>;
  /** Undefined for anything altered, expired, unsigned or of another kind. */
  verify(ticket: string): Promise<VerifiedTicket | undefined>;
  /** Answers the compact JWT; it opens no room, and no other ticket passes for it. */
  issueAttachment(ticket: AttachmentTicket): Promise<string>;
  /** Undefined for anything altered, expired, unsigned or of another kind. */
  verifyAttachment(ticket: string): Promise<AttachmentTicket | undefined>;
}

const ISSUER = 'harmonium';
const ROOM = 'ticket';
const FILE = 'attachment';

/**
 * Tickets signed with HS256.
 * @param secret at least 16 bytes; api, rooms and sfu share it
 * @param now milliseconds since the Unix epoch
 */
export function createTicketKeys(secret: string, now: () => number = Date.now): TicketKeys {
  const key = hmacKey(secret);

  async function sign(audience: string, claims: object, ttl: number) {
    const iat = Math.floor(now() / 1000);
    const ticket = await new SignJWT({ ticket: claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(iat)
      .setExpirationTime(iat + ttl)
      .sign(await key);
    return { ticket, expiresAt: new Date((iat + ttl) * 1000).toISOString() };
  }

  async function open<Claims>(audience: string, schema: z.ZodType<Claims>, text: string) {
    try {
      const { payload } = await jwtVerify(text, await key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience,
        currentDate: new Date(now()),
        requiredClaims: ['iat', 'exp'],
      });
      return { claims: schema.parse(payload['ticket']), issuedAt: payload.iat ?? 0 };
    } catch {
      return undefined;
    }
  }

  return {
    // Whoever holds it can read it: what the schema does not name stays behind.
    issue: (ticket, ttl) => sign(ROOM, Ticket.parse(ticket), ttl),
    async verify(text) {
      const opened = await open(ROOM, Ticket, text);
      return opened && { ...opened.claims, issuedAt: opened.issuedAt };
    },
    issueAttachment: async (ticket) =>
      (await sign(FILE, AttachmentTicket.parse(ticket), ATTACHMENT_TICKET_TTL_S)).ticket,
    verifyAttachment: async (text) => (await open(FILE, AttachmentTicket, text))?.claims,
  };
}
