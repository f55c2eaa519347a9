import type { Snowflake } from '@harmonium/api/ids';
import type { Who } from './people.ts';
import type { World } from './world.ts';

/** What requests are about: the ids of one server and what is in it. */
export interface Place {
  serverId: Snowflake;
  textId: Snowflake;
  voiceId: Snowflake;
  categoryId: Snowflake;
  /** The highest role of the target. */
  rankId: Snowflake;
  /** One of the server's emoji. */
  emojiId: Snowflake;
  /** A role of no permissions, just above @everyone, with an override in the text channel. */
  plainId: Snowflake;
  /** A low role of every permission but ADMINISTRATOR. */
  allId: Snowflake;
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

/** The server of everyone as one of them asks about it. */
export function asked({ home, people, ownMessages, app }: World, who: Who): Asked {
  const account = who === 'nobody' || who === 'service' ? 'stranger' : who;
  return {
    ...home,
    meId: people[account].user.id,
    myName: account,
    ownMessageId: ownMessages[account],
    now: app.clock.now,
  };
}
