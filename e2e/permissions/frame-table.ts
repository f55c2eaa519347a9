import { Permission, type Permissions } from '@harmonium/api/permissions';
import type {
  ChannelClientEvent,
  ServerClientEvent,
  UserClientEvent,
} from '@harmonium/rooms/client-event';
import type { Party } from '@harmonium/rooms/publish';
import type { RejectionCode } from '@harmonium/rooms/server-event';
import { MEMBERS, PEOPLE, type Who } from './people.ts';
import type { Asked } from './place.ts';

const { SEND_MESSAGES, MANAGE_MESSAGES, ADD_REACTIONS, PIN_MESSAGES } = Permission;

interface Frames {
  main: ChannelClientEvent;
  server: ServerClientEvent;
  user: UserClientEvent;
}

/** Which room it is said in: the text channel's, the group's, the server's, or one's own. */
export type RoomName = 'text' | 'group' | 'server' | 'own';

/** `out`: there is no way in. `nothing`: neither an answer nor anything that others hear. */
export type FrameOutcome = 'yes' | 'out' | 'nothing' | RejectionCode;

/** One thing to say, and what decides about it. */
export interface FrameCase<Frame = Frames[Party]> {
  as?: string;
  room: RoomName;
  needs?: Permissions;
  says: (place: Asked) => Frame;
  /** The event by which it is known to have been done, to whoever said it or to the others. */
  told: string;
  /** What those hear who may not. */
  refusal?: FrameOutcome;
  granted?: FrameOutcome;
  except?: Partial<Record<Who, FrameOutcome>>;
}

type Table = {
  [P in Party]: { [T in Frames[P]['type']]: FrameCase<Extract<Frames[P], { type: T }>>[] };
};

/** Who may say what in which room, all of it: a frame without an entry does not compile. */
export const FRAMES = {
  main: {
    'message.send': [
      {
        room: 'text',
        needs: SEND_MESSAGES,
        says: () => ({ type: 'message.send', nonce: 'n', content: 'x' }),
        told: 'message.created',
      },
      {
        as: 'in answer to a message of another channel',
        room: 'text',
        needs: SEND_MESSAGES,
        says: ({ groupMessageId: replyTo }) => ({
          type: 'message.send',
          nonce: 'n',
          content: 'x',
          replyTo,
        }),
        told: 'message.created',
        refusal: 'invalid',
        granted: 'invalid',
      },
      {
        room: 'group',
        says: () => ({ type: 'message.send', nonce: 'n', content: 'x' }),
        told: 'message.created',
      },
    ],
    'message.edit': [
      {
        as: 'the own',
        room: 'text',
        needs: SEND_MESSAGES,
        says: ({ ownMessageId: id }) => ({ type: 'message.edit', id, content: 'x' }),
        told: 'message.edited',
      },
      {
        as: "somebody else's",
        room: 'text',
        needs: SEND_MESSAGES | MANAGE_MESSAGES,
        says: ({ messageId: id }) => ({ type: 'message.edit', id, content: 'x' }),
        told: 'message.edited',
        granted: 'missing_permission',
      },
      {
        as: 'one of another channel',
        room: 'text',
        says: ({ groupMessageId: id }) => ({ type: 'message.edit', id, content: 'x' }),
        told: 'message.edited',
        granted: 'not_found',
      },
      {
        as: "somebody else's in a conversation",
        room: 'group',
        says: ({ groupMessageId: id }) => ({ type: 'message.edit', id, content: 'x' }),
        told: 'message.edited',
        granted: 'missing_permission',
        except: { target: 'yes' },
      },
    ],
    'message.remove': [
      {
        as: 'the own, also in a timeout',
        room: 'text',
        says: ({ ownMessageId: id }) => ({ type: 'message.remove', id }),
        told: 'message.removed',
      },
      {
        as: "somebody else's",
        room: 'text',
        needs: MANAGE_MESSAGES,
        says: ({ messageId: id }) => ({ type: 'message.remove', id }),
        told: 'message.removed',
        except: { target: 'yes' },
      },
      {
        as: 'one of another channel',
        room: 'text',
        says: ({ groupMessageId: id }) => ({ type: 'message.remove', id }),
        told: 'message.removed',
        granted: 'not_found',
      },
      {
        as: "somebody else's in a conversation",
        room: 'group',
        says: ({ groupMessageId: id }) => ({ type: 'message.remove', id }),
        told: 'message.removed',
        granted: 'missing_permission',
        except: { target: 'yes' },
      },
    ],
    'reaction.add': [
      {
        room: 'text',
        needs: ADD_REACTIONS,
        says: ({ messageId: id }) => ({ type: 'reaction.add', id, emoji: '👍' }),
        told: 'reaction.changed',
      },
      {
        as: 'on a message of another channel',
        room: 'text',
        says: ({ groupMessageId: id }) => ({ type: 'reaction.add', id, emoji: '👍' }),
        told: 'reaction.changed',
        granted: 'not_found',
      },
      {
        room: 'group',
        says: ({ groupMessageId: id }) => ({ type: 'reaction.add', id, emoji: '👍' }),
        told: 'reaction.changed',
      },
    ],
    'reaction.remove': [
      {
        as: 'the own, also in a timeout',
        room: 'text',
        says: ({ messageId: id }) => ({ type: 'reaction.remove', id, emoji: '👍' }),
        told: 'reaction.changed',
      },
      {
        as: "somebody else's",
        room: 'text',
        needs: MANAGE_MESSAGES,
        says: ({ messageId: id, targetId: userId }) => ({
          type: 'reaction.remove',
          id,
          emoji: '👍',
          userId,
        }),
        told: 'reaction.changed',
        except: { target: 'yes' },
      },
      {
        as: "somebody else's in a conversation",
        room: 'group',
        says: ({ groupMessageId: id, targetId: userId }) => ({
          type: 'reaction.remove',
          id,
          emoji: '👍',
          userId,
        }),
        told: 'reaction.changed',
        granted: 'missing_permission',
        except: { target: 'yes' },
      },
    ],
    'pin.add': [
      {
        room: 'text',
        needs: PIN_MESSAGES,
        says: ({ messageId: id }) => ({ type: 'pin.add', id }),
        told: 'pin.changed',
      },
      {
        as: 'a message of another channel',
        room: 'text',
        says: ({ groupMessageId: id }) => ({ type: 'pin.add', id }),
        told: 'pin.changed',
        granted: 'not_found',
      },
      {
        room: 'group',
        says: ({ groupMessageId: id }) => ({ type: 'pin.add', id }),
        told: 'pin.changed',
      },
    ],
    'pin.remove': [
      {
        room: 'text',
        needs: PIN_MESSAGES,
        says: ({ messageId: id }) => ({ type: 'pin.remove', id }),
        told: 'pin.changed',
      },
      {
        room: 'group',
        says: ({ groupMessageId: id }) => ({ type: 'pin.remove', id }),
        told: 'pin.changed',
      },
    ],
    'typing.start': [
      {
        room: 'text',
        needs: SEND_MESSAGES,
        says: () => ({ type: 'typing.start' }),
        told: 'typing',
        // Nobody waits for an answer to it.
        refusal: 'nothing',
      },
      { room: 'group', says: () => ({ type: 'typing.start' }), told: 'typing' },
    ],
    ping: [
      { room: 'text', says: () => ({ type: 'ping' }), told: 'pong' },
      { room: 'group', says: () => ({ type: 'ping' }), told: 'pong' },
    ],
  },
  server: {
    'presence.set': [
      {
        room: 'server',
        says: () => ({ type: 'presence.set', status: 'dnd' }),
        told: 'presence.changed',
      },
    ],
    'presence.request': [
      {
        room: 'server',
        says: ({ targetId }) => ({ type: 'presence.request', userIds: [targetId] }),
        told: 'presence.changed',
      },
      {
        as: 'of somebody who is no member, but online elsewhere',
        room: 'server',
        says: ({ bannedId }) => ({ type: 'presence.request', userIds: [bannedId] }),
        told: 'presence.changed',
        granted: 'nothing',
      },
    ],
    'ticket.request': [
      {
        room: 'server',
        says: ({ textId: channelId }) => ({ type: 'ticket.request', nonce: 'n', channelId }),
        told: 'channel.ticket',
        except: { shutOut: 'not_found' },
      },
      {
        as: 'to a channel that is none of the server',
        room: 'server',
        says: ({ groupId: channelId }) => ({ type: 'ticket.request', nonce: 'n', channelId }),
        told: 'channel.ticket',
        granted: 'not_found',
      },
    ],
    ping: [{ room: 'server', says: () => ({ type: 'ping' }), told: 'pong' }],
  },
  user: {
    'read.mark': [
      {
        room: 'own',
        says: ({ textId: channelId, messageId }) => ({ type: 'read.mark', channelId, messageId }),
        told: 'read.mark',
      },
    ],
    'read.marks': [
      {
        room: 'own',
        says: ({ textId: channelId, messageId }) => ({
          type: 'read.marks',
          marks: [{ channelId, messageId }],
        }),
        told: 'read.mark',
      },
    ],
    'presence.set': [
      {
        as: 'of which a stranger hears nothing',
        room: 'own',
        says: () => ({ type: 'presence.set', status: 'dnd' }),
        told: 'presence.changed',
        granted: 'nothing',
      },
    ],
    ping: [{ room: 'own', says: () => ({ type: 'ping' }), told: 'pong' }],
  },
} satisfies Table;

const IN_GROUP = new Set<Who>(['owner', 'member', 'target']);
const LACKING = new Set<Who>(['without', 'timedOut', 'target']);

/** What the rules of docs/permissions.md make of it. */
export function expectedFrame(one: Omit<FrameCase, 'says'>): Record<Who, FrameOutcome> {
  const people = Object.keys(PEOPLE) as Who[];
  return Object.fromEntries(
    people.map((who) => [who, one.except?.[who] ?? decided(one, who)]),
  ) as Record<Who, FrameOutcome>; // One for each.
}

function decided(one: Omit<FrameCase, 'says'>, who: Who): FrameOutcome {
  if (!isLetIn(one.room, who)) return 'out';
  const isMissing = (one.needs ?? 0n) !== 0n && LACKING.has(who);
  return isMissing ? (one.refusal ?? 'missing_permission') : (one.granted ?? 'yes');
}

function isLetIn(room: RoomName, who: Who): boolean {
  if (who === 'nobody' || who === 'service') return false;
  if (room === 'own') return true;
  if (room === 'group') return IN_GROUP.has(who);
  return MEMBERS.some((member) => member === who) && (room === 'server' || who !== 'shutOut');
}
