import type { Snowflake } from '@harmonium/api/ids';

/** What requests are about: the ids of one server and what is in it. */
export interface Place {
  serverId: Snowflake;
  textId: Snowflake;
  voiceId: Snowflake;
  categoryId: Snowflake;
  /** The highest role of the target. */
  rankId: Snowflake;
  /** A role of no permissions, just above @everyone, with an override in the text channel. */
  plainId: Snowflake;
  /** A member. */
  targetId: Snowflake;
  targetName: string;
  /** Somebody who is banned. */
  bannedId: Snowflake;
  /** Made by the owner. */
  inviteCode: string;
  /** Written by the target in the text channel. */
  messageId: Snowflake;
  /** Of the owner, `member` and the target. */
  groupId: Snowflake;
  groupMessageId: Snowflake;
  /** A login of the target. */
  sessionId: Snowflake;
}

/** The same with who asks. */
export interface Asked extends Place {
  meId: Snowflake;
  myName: string;
  /** Written by whoever asks in the text channel. */
  ownMessageId: Snowflake;
  now: number;
}
