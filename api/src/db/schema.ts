import type { AuditAction, AuditFields } from '@harmonium/api/audit-log';
import type { Attachment } from '@harmonium/api/attachment';
import type { Embed } from '@harmonium/api/embed';
import type { Mentions } from '@harmonium/api/message';
import type { Preferences } from '@harmonium/api/user';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { moment, permissionBits, snowflake, textVector } from './columns.ts';

export const users = pgTable(
  'users',
  {
    id: snowflake('id').primaryKey(),
    username: text('username').notNull(),
    /** The name folded by us (see `nameKey`): a database's own lower() depends on its locale. */
    usernameKey: text('username_key').notNull(),
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull().default(false),
    passwordHash: text('password_hash').notNull(),
    avatar: text('avatar'),
    /** What the user chose, as `Preferences` has it. */
    preferences: jsonb('preferences').$type<Preferences>().notNull().default({}),
    /** Base32; encrypted with a key made of the instance's secret. Null: no second factor. */
    totpSecret: text('totp_secret'),
    /** Null while the first code has not been shown: the factor does not count yet. */
    totpSince: moment('totp_since'),
    /** The time step of the last code accepted: none is good twice. */
    totpStep: integer('totp_step'),
    /** The account was deleted; its row stays for what it wrote, without name and address. */
    deletedAt: moment('deleted_at'),
    instanceOwner: boolean('instance_owner').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('users_username_key').on(table.usernameKey),
    uniqueIndex('users_email').on(table.email),
  ],
);

/** One login: a family of refresh tokens of which only the youngest generation is good. */
export const sessions = pgTable(
  'sessions',
  {
    id: snowflake('id').primaryKey(),
    userId: snowflake('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Random; a refresh token is a MAC over it, so neither the database nor the key alone forges one. */
    secret: text('secret').notNull(),
    generation: integer('generation').notNull().default(0),
    rotatedAt: moment('rotated_at').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    userAgent: text('user_agent').notNull().default(''),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

/** One-time codes for when the second factor is lost. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: snowflake('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256, hex: the codes are random enough. */
    hash: text('hash').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
);

/** Links sent by mail, each good once. */
export const mailTokens = pgTable(
  'mail_tokens',
  {
    /** SHA-256 of the token, hex. */
    hash: text('hash').primaryKey(),
    userId: snowflake('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose', { enum: ['verify', 'reset'] }).notNull(),
    /** The address it was sent to: it proves that one, and no later one. */
    email: text('email').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('mail_tokens_user').on(table.userId),
    index('mail_tokens_expires').on(table.expiresAt),
  ],
);

export const servers = pgTable('servers', {
  id: snowflake('id').primaryKey(),
  name: text('name').notNull(),
  icon: text('icon'),
  /** Theme for members who chose none; null: the instance's. */
  theme: text('theme'),
  ownerId: snowflake('owner_id')
    .notNull()
    .references(() => users.id),
  /** Revision of the structure, grown in the transaction of each change. */
  rev: integer('rev').notNull().default(0),
  createdAt: moment('created_at').notNull(),
});

const serverId = () =>
  snowflake('server_id')
    .notNull()
    .references(() => servers.id, { onDelete: 'cascade' });
const userId = () =>
  snowflake('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

export const categories = pgTable(
  'categories',
  {
    id: snowflake('id').primaryKey(),
    serverId: serverId(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [index('categories_server').on(table.serverId)],
);

export const channels = pgTable(
  'channels',
  {
    id: snowflake('id').primaryKey(),
    /** Null: a direct conversation, see `participants`. */
    serverId: snowflake('server_id').references(() => servers.id, { onDelete: 'cascade' }),
    categoryId: snowflake('category_id').references(() => categories.id, { onDelete: 'set null' }),
    type: text('type', { enum: ['text', 'voice', 'thread', 'direct', 'group'] }).notNull(),
    name: text('name').notNull(),
    topic: text('topic').notNull().default(''),
    position: integer('position').notNull(),
    slowmode: integer('slowmode').notNull().default(0),
    /** Of a group: who may remove people and rename it. Of a thread: who began it. */
    ownerId: snowflake('owner_id').references(() => users.id, { onDelete: 'set null' }),
    /** Of a conversation of two: `<lower id>:<higher id>`, so that there is one. */
    directKey: text('direct_key'),
    /** Of a thread: the channel whose permissions it has. */
    parentId: snowflake('parent_id').references((): AnyPgColumn => channels.id, {
      onDelete: 'cascade',
    }),
    /** Of a thread: the parent's message with which it begins. */
    starterId: snowflake('starter_id'),
    /** Of a thread: nobody has written in it for a while. */
    archivedAt: moment('archived_at'),
    /** Of a thread: when somebody took it out of the archive last. */
    revivedAt: moment('revived_at'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('channels_server').on(table.serverId),
    index('channels_category').on(table.categoryId),
    index('channels_parent').on(table.parentId),
    uniqueIndex('channels_starter').on(table.starterId),
    uniqueIndex('channels_direct_key').on(table.directKey),
  ],
);

/** Who takes part in a direct conversation. */
export const participants = pgTable(
  'participants',
  {
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: userId(),
    joinedAt: moment('joined_at').notNull(),
    /** Out of the user's list until somebody writes. */
    closed: boolean('closed').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.userId] }),
    index('participants_user').on(table.userId),
  ],
);

/** One row a side: `outgoing` and `incoming` are the two ends of a request. */
export const relationships = pgTable(
  'relationships',
  {
    userId: userId(),
    otherId: snowflake('other_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['friend', 'outgoing', 'incoming', 'blocked'] }).notNull(),
    since: moment('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.otherId] }),
    index('relationships_other').on(table.otherId),
  ],
);

export const overrides = pgTable(
  'channel_overrides',
  {
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['role', 'member'] }).notNull(),
    targetId: snowflake('target_id').notNull(),
    allow: permissionBits('allow').notNull(),
    deny: permissionBits('deny').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.targetId] })],
);

/** The role that everybody holds has its server's id. */
export const roles = pgTable(
  'roles',
  {
    id: snowflake('id').primaryKey(),
    serverId: serverId(),
    name: text('name').notNull(),
    color: integer('color'),
    permissions: permissionBits('permissions').notNull(),
    position: integer('position').notNull(),
    hoist: boolean('hoist').notNull().default(false),
    mentionable: boolean('mentionable').notNull().default(false),
  },
  (table) => [index('roles_server').on(table.serverId)],
);

export const members = pgTable(
  'members',
  {
    serverId: serverId(),
    userId: userId(),
    nickname: text('nickname'),
    joinedAt: moment('joined_at').notNull(),
    timeoutUntil: moment('timeout_until'),
    /** By a moderator, in every call of the server, until one lifts it. */
    serverMuted: boolean('server_muted').notNull().default(false),
    serverDeafened: boolean('server_deafened').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.serverId, table.userId] }),
    index('members_user').on(table.userId),
  ],
);

export const memberRoles = pgTable(
  'member_roles',
  {
    serverId: snowflake('server_id').notNull(),
    userId: snowflake('user_id').notNull(),
    roleId: snowflake('role_id')
      .notNull()
      .references(() => roles.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.serverId, table.userId, table.roleId] }),
    foreignKey({
      name: 'member_roles_member',
      columns: [table.serverId, table.userId],
      foreignColumns: [members.serverId, members.userId],
    }).onDelete('cascade'),
    index('member_roles_role').on(table.roleId),
  ],
);

export const bans = pgTable(
  'bans',
  {
    serverId: serverId(),
    userId: userId(),
    reason: text('reason'),
    createdBy: snowflake('created_by'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.userId] })],
);

export const invites = pgTable(
  'invites',
  {
    code: text('code').primaryKey(),
    serverId: serverId(),
    creatorId: snowflake('creator_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    uses: integer('uses').notNull().default(0),
    maxUses: integer('max_uses'),
    expiresAt: moment('expires_at'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('invites_server').on(table.serverId)],
);

/**
 * What rooms accepted. Keyed by channel and id: that is the order of a page, and rooms make ids
 * apart from each other. The author is no foreign key: an outbox must never be held up for ever.
 */
export const messages = pgTable(
  'messages',
  {
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    id: snowflake('id').notNull(),
    authorId: snowflake('author_id').notNull(),
    content: text('content').notNull(),
    createdAt: moment('created_at').notNull(),
    editedAt: moment('edited_at'),
    removedAt: moment('removed_at'),
    replyTo: snowflake('reply_to'),
    mentions: jsonb('mentions').$type<Mentions>(),
    attachments: jsonb('attachments').$type<Attachment[]>(),
    embeds: jsonb('embeds').$type<Embed[]>(),
    threadId: snowflake('thread_id'),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.id] }),
    // What one person wrote: their export, and a ban that takes it along.
    index('messages_author').on(table.authorId, table.channelId, table.id),
  ],
);

/**
 * What messages are found by (api/src/search). A row for each message that was not removed; apart from
 * them, as pages of history have no use for it, and finding has none for the rest.
 */
export const messageWords = pgTable(
  'message_words',
  {
    channelId: snowflake('channel_id').notNull(),
    id: snowflake('id').notNull(),
    /** The server, or the direct conversation: what is searched as a whole. */
    scopeId: snowflake('scope_id').notNull(),
    words: textVector('words').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.id] }),
    foreignKey({
      name: 'message_words_message',
      columns: [table.channelId, table.id],
      foreignColumns: [messages.channelId, messages.id],
    }).onDelete('cascade'),
    index('message_words_scope').on(table.scopeId, table.id),
    // What waits in the list is read by each search: a short one, as an embedded database has nobody
    // who empties it between.
    index('message_words_words').using('gin', table.words).with({ gin_pending_list_limit: 256 }),
  ],
);

/** Who put which emoji on which message. Like messages, no foreign keys but the channel's. */
export const reactions = pgTable(
  'reactions',
  {
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    messageId: snowflake('message_id').notNull(),
    /** As `EmojiKey` has it. */
    emoji: text('emoji').notNull(),
    userId: snowflake('user_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.messageId, table.emoji, table.userId] }),
    index('reactions_user').on(table.userId),
  ],
);

export const pins = pgTable(
  'pins',
  {
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    messageId: snowflake('message_id').notNull(),
    pinnedBy: snowflake('pinned_by').notNull(),
    pinnedAt: moment('pinned_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.messageId] })],
);

/** Pictures of links that are kept, each for one message. */
export const previewPictures = pgTable(
  'preview_pictures',
  {
    channelId: snowflake('channel_id').notNull(),
    messageId: snowflake('message_id').notNull(),
    hash: text('hash').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.hash] }),
    index('preview_pictures_message').on(table.channelId, table.messageId),
    index('preview_pictures_created').on(table.createdAt),
  ],
);

/**
 * Files of messages, from the first promise of an upload on. Rows outlive message and channel until
 * the bytes are gone, too.
 */
export const attachments = pgTable(
  'attachments',
  {
    id: snowflake('id').primaryKey(),
    channelId: snowflake('channel_id').notNull(),
    uploaderId: snowflake('uploader_id').notNull(),
    /** Null: not in a message yet. */
    messageId: snowflake('message_id'),
    /** `pending`: promised; `ready`: checked; `gone`: to be deleted; `swept`: deleted, but it can still be sent. */
    state: text('state', { enum: ['pending', 'ready', 'gone', 'swept'] }).notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: integer('size').notNull(),
    width: integer('width'),
    height: integer('height'),
    blur: text('blur'),
    /** There is a smaller picture beside it. */
    thumbnail: boolean('thumbnail').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('attachments_message').on(table.channelId, table.messageId),
    index('attachments_uploader').on(table.uploaderId),
    index('attachments_state').on(table.state, table.createdAt),
  ],
);

/** How far a user has read, as their room last told. */
export const readMarks = pgTable(
  'read_marks',
  {
    userId: userId(),
    channelId: snowflake('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    messageId: snowflake('message_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.channelId] }),
    index('read_marks_channel').on(table.channelId),
  ],
);

/** What a user wants to be told of, by server or channel; without a row: as the one above it. */
export const notificationSettings = pgTable(
  'notification_settings',
  {
    userId: userId(),
    /** A server or a channel. */
    targetId: snowflake('target_id').notNull(),
    level: text('level', { enum: ['all', 'mentions', 'nothing'] }),
    /** Muted until then; the year 9999: until further notice. */
    mutedUntil: moment('muted_until'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.targetId] })],
);

/** A server's own emoji. */
export const emojis = pgTable(
  'emojis',
  {
    id: snowflake('id').primaryKey(),
    serverId: serverId(),
    name: text('name').notNull(),
    /** Its address. */
    image: text('image').notNull(),
    animated: boolean('animated').notNull().default(false),
    creatorId: snowflake('creator_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('emojis_name').on(table.serverId, table.name)],
);

/** What was done to a server: who, what, to whom, before and after. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: snowflake('id').primaryKey(),
    serverId: serverId(),
    actorId: snowflake('actor_id').notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    targetId: snowflake('target_id'),
    /** The channel it is about: only who may see that one is shown the entry. */
    channelId: snowflake('channel_id'),
    /** Not everybody saw the channel then; counts once the channel is gone. */
    hidden: boolean('hidden').notNull().default(false),
    /** The fields that changed, and nothing else. */
    before: jsonb('before').$type<AuditFields>(),
    after: jsonb('after').$type<AuditFields>(),
    reason: text('reason'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('audit_log_server').on(table.serverId, table.id),
    index('audit_log_actor').on(table.serverId, table.actorId, table.id),
    index('audit_log_target').on(table.serverId, table.targetId, table.id),
  ],
);

/** Answers kept for a while, so that a repeated request is answered alike and done once. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: userId(),
    key: text('key').notNull(),
    /** Hash of method, path and body: the same key for another request is a mistake. */
    request: text('request').notNull(),
    /** Null while the first request is under way. */
    status: integer('status'),
    answer: text('answer'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    index('idempotency_keys_created').on(table.createdAt),
  ],
);

/** Facts about the instance that must outlive a restart, each written once. */
export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
