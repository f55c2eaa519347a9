import type { EndpointKey } from '@harmonium/api/endpoints';
import { ALL_PERMISSIONS, Permission } from '@harmonium/api/permissions';
import type { RestCase } from './rest-case.ts';

const {
  ADMINISTRATOR,
  MANAGE_SERVER,
  MANAGE_CHANNELS,
  MANAGE_ROLES,
  MANAGE_MESSAGES,
  PIN_MESSAGES,
  ADD_REACTIONS,
  SEND_MESSAGES,
  VIEW_CHANNEL,
  CONNECT,
  ATTACH_FILES,
  CREATE_THREADS,
  CREATE_INVITE,
  KICK_MEMBERS,
  BAN_MEMBERS,
  TIMEOUT_MEMBERS,
  MUTE_MEMBERS,
  DEAFEN_MEMBERS,
  MOVE_MEMBERS,
  VIEW_AUDIT_LOG,
  MANAGE_EMOJI,
} = Permission;

const password = 'correct horse';
const nothing = () => ({});
const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Who may use which route, all of it: a route without an entry does not compile. */
export const REST = {
  'GET /api/config': { where: 'everyone', asks: nothing },
  'GET /health': { where: 'everyone', asks: nothing },
  'GET /api/instance': { where: 'instance', asks: nothing },
  'PATCH /api/instance': { where: 'instance', asks: () => ({ body: { name: 'Ours' } }) },

  'POST /api/auth/register': {
    where: 'everyone',
    asks: ({ myName }) => ({
      body: { username: `${myName}-2`, email: `${myName}-2@example.org`, password },
    }),
  },
  'POST /api/auth/login': {
    where: 'everyone',
    asks: ({ myName }) => ({ body: { login: myName, password: `${password}s` } }),
    granted: 'wrong_credentials',
  },
  // A token in the header is no cookie.
  'POST /api/auth/refresh': { where: 'everyone', asks: nothing, granted: 'unauthorized' },
  'POST /api/auth/logout': { where: 'everyone', asks: nothing },
  'POST /api/auth/verify-email': {
    where: 'everyone',
    asks: () => ({ body: { token: 'guessed' } }),
    granted: 'link_ended',
  },
  'POST /api/auth/resend-verification': { where: 'account', asks: nothing },
  'POST /api/auth/forgot-password': {
    where: 'everyone',
    asks: () => ({ body: { email: 'nobody-has-it@example.org' } }),
  },
  'POST /api/auth/reset-password': {
    where: 'everyone',
    asks: () => ({ body: { token: 'guessed', password } }),
    granted: 'link_ended',
  },

  'GET /api/users/@me': { where: 'account', asks: nothing },
  'PATCH /api/users/@me': {
    where: 'account',
    asks: () => ({ body: { preferences: { mode: 'light' } } }),
  },
  'DELETE /api/users/@me': {
    where: 'account',
    asks: () => ({ body: { password } }),
    except: { owner: 'owns_servers', keeper: 'instance_owner' },
  },
  'GET /api/users/@me/export': { where: 'account', asks: nothing },
  'POST /api/users/@me/password': {
    where: 'account',
    asks: () => ({ body: { current: password, password: `${password}s` } }),
  },
  'GET /api/users/@me/sessions': { where: 'account', asks: nothing },
  'DELETE /api/users/@me/sessions': { where: 'account', asks: nothing },
  'DELETE /api/users/@me/sessions/:id': {
    where: 'account',
    asks: ({ sessionId }) => ({ params: { id: sessionId } }),
    // It is the target's; of others it is not said that it is there.
    granted: 'not_found',
    except: { target: 'yes' },
  },
  'POST /api/users/@me/totp': { where: 'account', asks: () => ({ body: { password } }) },
  'POST /api/users/@me/totp/confirm': {
    where: 'account',
    asks: () => ({ body: { code: '123456' } }),
    granted: 'totp_off',
  },
  'DELETE /api/users/@me/totp': {
    where: 'account',
    asks: () => ({ body: { password, code: '123456' } }),
    granted: 'totp_off',
  },
  'POST /api/users/@me/recovery-codes': {
    where: 'account',
    asks: () => ({ body: { password } }),
    granted: 'totp_off',
  },
  'GET /api/users/@me/servers': { where: 'account', asks: nothing },
  'DELETE /api/users/@me/servers/:id': {
    where: 'server',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
    except: { owner: 'owner_cannot_leave' },
  },
  'POST /api/users/@me/ticket': { where: 'account', asks: nothing },
  'POST /api/voice/test': { where: 'account', asks: nothing },
  'GET /api/users/:id': {
    where: 'server',
    asks: ({ targetId }) => ({ params: { id: targetId } }),
  },
  'PUT /api/users/@me/avatar': { where: 'account', asks: () => ({ body: picture }) },
  'DELETE /api/users/@me/avatar': { where: 'account', asks: nothing },
  'GET /api/images/:kind/:id/:hash': {
    where: 'everyone',
    asks: ({ serverId }) => ({ params: { kind: 'icons', id: serverId, hash: '0'.repeat(32) } }),
    granted: 'not_found',
  },

  'GET /api/users/@me/relationships': { where: 'account', asks: nothing },
  'POST /api/users/@me/relationships': [
    {
      as: 'by id',
      where: 'server',
      asks: ({ targetId }) => ({ body: { userId: targetId } }),
      except: { target: 'bad_request' },
    },
    {
      as: 'by the whole name, which one has to know',
      where: 'account',
      asks: ({ targetName }) => ({ body: { username: targetName } }),
      except: { target: 'bad_request' },
      mixes: ['targetName'],
    },
  ],
  'PUT /api/users/@me/relationships/:uid': [
    {
      as: 'to ask',
      where: 'server',
      asks: ({ targetId }) => ({ params: { uid: targetId }, body: { kind: 'friend' } }),
      except: { target: 'bad_request' },
    },
    {
      as: 'to block',
      where: 'server',
      asks: ({ targetId }) => ({ params: { uid: targetId }, body: { kind: 'blocked' } }),
      except: { target: 'bad_request' },
    },
  ],
  'DELETE /api/users/@me/relationships/:uid': {
    where: 'account',
    asks: ({ targetId }) => ({ params: { uid: targetId } }),
    granted: 'not_found',
    except: { target: 'bad_request' },
  },

  'GET /api/users/@me/channels': { where: 'account', asks: nothing },
  'POST /api/users/@me/channels': {
    where: 'server',
    asks: ({ targetId }) => ({ body: { userIds: [targetId] } }),
    except: { target: 'bad_request' },
  },
  'GET /api/users/@me/channels/:id': {
    where: 'group',
    asks: ({ groupId }) => ({ params: { id: groupId } }),
  },
  'PATCH /api/users/@me/channels/:id': {
    where: 'group',
    asks: ({ groupId }) => ({ params: { id: groupId }, body: { name: 'Choir' } }),
  },
  'DELETE /api/users/@me/channels/:id': {
    where: 'group',
    asks: ({ groupId }) => ({ params: { id: groupId } }),
  },
  'PUT /api/users/@me/channels/:id/participants/:uid': {
    where: 'group',
    asks: ({ groupId, targetId }) => ({ params: { id: groupId, uid: targetId } }),
  },
  'DELETE /api/users/@me/channels/:id/participants/:uid': {
    where: 'group',
    ownerOnly: true,
    asks: ({ groupId, targetId }) => ({ params: { id: groupId, uid: targetId } }),
    // To leave.
    except: { target: 'yes' },
  },
  'GET /api/users/@me/notifications': { where: 'account', asks: nothing },
  'PUT /api/users/@me/notifications/:targetId': [
    {
      as: 'of a server',
      where: 'server',
      asks: ({ serverId }) => ({
        params: { targetId: serverId },
        body: { level: 'nothing', mutedUntil: null },
      }),
    },
    {
      as: 'of a channel',
      where: 'channels',
      asks: ({ textId }) => ({
        params: { targetId: textId },
        body: { level: 'all', mutedUntil: null },
      }),
    },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId }) => ({
        params: { targetId: groupId },
        body: { level: null, mutedUntil: '9999-01-01T00:00:00.000Z' },
      }),
    },
  ],

  'POST /api/servers': { where: 'account', asks: () => ({ body: { name: 'Mine' } }) },
  'GET /api/servers/:id': {
    where: 'server',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'PATCH /api/servers/:id': {
    where: 'server',
    needs: MANAGE_SERVER,
    asks: ({ serverId }) => ({ params: { id: serverId }, body: { name: 'Ours' } }),
  },
  'DELETE /api/servers/:id': {
    where: 'server',
    ownerOnly: true,
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'POST /api/servers/:id/owner': {
    where: 'server',
    ownerOnly: true,
    asks: ({ serverId, targetId }) => ({ params: { id: serverId }, body: { userId: targetId } }),
  },
  'PUT /api/servers/:id/icon': {
    where: 'server',
    needs: MANAGE_SERVER,
    asks: ({ serverId }) => ({ params: { id: serverId }, body: picture }),
  },
  'DELETE /api/servers/:id/icon': {
    where: 'server',
    needs: MANAGE_SERVER,
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'GET /api/servers/:id/emojis': {
    where: 'server',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'POST /api/servers/:id/emojis': {
    where: 'server',
    needs: MANAGE_EMOJI,
    asks: ({ serverId }) => ({
      params: { id: serverId },
      query: { name: 'party' },
      body: picture,
    }),
  },
  'PATCH /api/servers/:id/emojis/:eid': {
    where: 'server',
    needs: MANAGE_EMOJI,
    asks: ({ serverId, emojiId }) => ({
      params: { id: serverId, eid: emojiId },
      body: { name: 'party' },
    }),
  },
  'DELETE /api/servers/:id/emojis/:eid': {
    where: 'server',
    needs: MANAGE_EMOJI,
    asks: ({ serverId, emojiId }) => ({ params: { id: serverId, eid: emojiId } }),
  },
  // Whoever was shown one in a message knows its id, and no more than that is told.
  'GET /api/emojis/:id': {
    where: 'account',
    asks: ({ emojiId }) => ({ params: { id: emojiId } }),
    mixes: ['emojiId'],
  },

  'POST /api/servers/:id/ticket': {
    where: 'server',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },

  'GET /api/servers/:id/roles': {
    where: 'server',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'POST /api/servers/:id/roles': {
    where: 'server',
    needs: MANAGE_ROLES | BAN_MEMBERS,
    asks: ({ serverId }) => ({
      params: { id: serverId },
      body: { name: 'new', permissions: String(BAN_MEMBERS) },
    }),
  },
  'PATCH /api/servers/:id/roles': {
    where: 'server',
    needs: MANAGE_ROLES,
    above: true,
    asks: ({ serverId, rankId }) => ({
      params: { id: serverId },
      body: [{ id: rankId, position: 1 }],
    }),
  },
  'PATCH /api/servers/:id/roles/:rid': [
    {
      as: 'a name',
      where: 'server',
      needs: MANAGE_ROLES,
      above: true,
      asks: ({ serverId, rankId }) => ({
        params: { id: serverId, rid: rankId },
        body: { name: 'x' },
      }),
    },
    {
      as: 'a permission, which has to be held',
      where: 'server',
      needs: MANAGE_ROLES | KICK_MEMBERS,
      asks: ({ serverId, plainId }) => ({
        params: { id: serverId, rid: plainId },
        body: { permissions: String(KICK_MEMBERS) },
      }),
    },
    {
      as: 'what everybody may',
      where: 'server',
      needs: MANAGE_ROLES | SEND_MESSAGES,
      asks: ({ serverId }) => ({
        params: { id: serverId, rid: serverId },
        body: { permissions: String(VIEW_CHANNEL | SEND_MESSAGES) },
      }),
    },
  ],
  'DELETE /api/servers/:id/roles/:rid': {
    where: 'server',
    needs: MANAGE_ROLES,
    above: true,
    asks: ({ serverId, rankId }) => ({ params: { id: serverId, rid: rankId } }),
  },

  'GET /api/servers/:id/members': {
    where: 'server',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'GET /api/servers/:id/members/:uid': {
    where: 'server',
    asks: ({ serverId, targetId }) => ({ params: { id: serverId, uid: targetId } }),
  },
  'PATCH /api/servers/:id/members/:uid': [
    {
      as: 'the own nickname',
      where: 'server',
      asks: ({ serverId, meId }) => ({
        params: { id: serverId, uid: meId },
        body: { nickname: 'x' },
      }),
      except: { timedOut: 'forbidden' },
    },
    {
      as: "another's nickname",
      where: 'server',
      needs: KICK_MEMBERS,
      above: true,
      asks: ({ serverId, targetId }) => ({
        params: { id: serverId, uid: targetId },
        body: { nickname: 'x' },
      }),
      // To them it is their own.
      except: { target: 'yes' },
    },
    {
      as: 'roles',
      where: 'server',
      needs: MANAGE_ROLES,
      above: true,
      asks: ({ serverId, targetId, rankId, plainId }) => ({
        params: { id: serverId, uid: targetId },
        body: { roles: [rankId, plainId] },
      }),
    },
    {
      as: 'a timeout',
      where: 'server',
      needs: TIMEOUT_MEMBERS,
      above: true,
      asks: ({ serverId, targetId, now }) => ({
        params: { id: serverId, uid: targetId },
        body: { timeoutUntil: new Date(now + DAY_MS).toISOString() },
      }),
    },
  ],
  'PUT /api/servers/:id/members/:uid/roles/:rid': [
    {
      as: 'a low role to the target',
      where: 'server',
      needs: MANAGE_ROLES,
      above: true,
      asks: ({ serverId, targetId, plainId }) => ({
        params: { id: serverId, uid: targetId, rid: plainId },
      }),
    },
    {
      as: 'a high role to oneself',
      where: 'server',
      needs: MANAGE_ROLES,
      above: true,
      asks: ({ serverId, meId, rankId }) => ({
        params: { id: serverId, uid: meId, rid: rankId },
      }),
      // They hold it.
      except: { equal: 'yes', target: 'yes' },
    },
    {
      as: 'a role that can more than oneself',
      where: 'server',
      // But VIEW_CHANNEL, which everybody holds.
      needs: ALL_PERMISSIONS & ~ADMINISTRATOR & ~VIEW_CHANNEL,
      asks: ({ serverId, meId, allId }) => ({ params: { id: serverId, uid: meId, rid: allId } }),
    },
  ],
  'DELETE /api/servers/:id/members/:uid/roles/:rid': {
    where: 'server',
    needs: MANAGE_ROLES,
    above: true,
    asks: ({ serverId, targetId, rankId }) => ({
      params: { id: serverId, uid: targetId, rid: rankId },
    }),
    // What nobody held before is not taken: it changes nothing.
    mixes: ['rankId'],
  },

  'DELETE /api/servers/:id/members/:uid': {
    where: 'server',
    needs: KICK_MEMBERS,
    above: true,
    asks: ({ serverId, targetId }) => ({ params: { id: serverId, uid: targetId } }),
  },
  // The target is in the call; who does not see it has what the server says. Ranks do not count.
  'PUT /api/servers/:id/voice/:uid': [
    {
      as: 'muted',
      where: 'server',
      needs: MUTE_MEMBERS | CONNECT,
      asks: ({ serverId, targetId }) => ({
        params: { id: serverId, uid: targetId },
        body: { muted: true },
      }),
    },
    {
      as: 'deafened',
      where: 'server',
      needs: DEAFEN_MEMBERS | CONNECT,
      asks: ({ serverId, targetId }) => ({
        params: { id: serverId, uid: targetId },
        body: { deafened: true },
      }),
    },
    {
      as: 'moved',
      where: 'server',
      needs: MOVE_MEMBERS | CONNECT,
      asks: ({ serverId, targetId, voiceId }) => ({
        params: { id: serverId, uid: targetId },
        body: { channelId: voiceId },
      }),
      except: { shutOut: 'not_found' },
    },
  ],
  'DELETE /api/servers/:id/voice/:uid': {
    where: 'server',
    needs: MOVE_MEMBERS | CONNECT,
    asks: ({ serverId, targetId }) => ({ params: { id: serverId, uid: targetId } }),
    // To them the target is in no call.
    except: { shutOut: 'bad_request' },
  },

  'GET /api/servers/:id/bans': {
    where: 'server',
    needs: BAN_MEMBERS,
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'PUT /api/servers/:id/bans/:uid': {
    where: 'server',
    needs: BAN_MEMBERS,
    above: true,
    asks: ({ serverId, targetId }) => ({ params: { id: serverId, uid: targetId }, body: {} }),
    // Also whoever is no member.
    mixes: ['targetId'],
  },
  'DELETE /api/servers/:id/bans/:uid': {
    where: 'server',
    needs: BAN_MEMBERS,
    asks: ({ serverId, bannedId }) => ({ params: { id: serverId, uid: bannedId } }),
  },
  'GET /api/servers/:id/audit-log': {
    where: 'server',
    needs: VIEW_AUDIT_LOG,
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },

  'POST /api/servers/:id/channels': [
    {
      as: 'an open one',
      where: 'server',
      needs: MANAGE_CHANNELS,
      asks: ({ serverId, categoryId }) => ({
        params: { id: serverId },
        body: { name: 'x', type: 'text', categoryId },
      }),
    },
    {
      as: 'a private one',
      where: 'server',
      needs: MANAGE_CHANNELS | MANAGE_ROLES,
      asks: ({ serverId, plainId }) => ({
        params: { id: serverId },
        body: {
          name: 'x',
          type: 'text',
          overrides: [{ kind: 'role', targetId: plainId, allow: '0', deny: String(VIEW_CHANNEL) }],
        },
      }),
    },
    {
      as: 'one in which a role may more',
      where: 'server',
      needs: MANAGE_CHANNELS | MANAGE_ROLES | KICK_MEMBERS,
      asks: ({ serverId, plainId }) => ({
        params: { id: serverId },
        body: {
          name: 'x',
          type: 'text',
          overrides: [{ kind: 'role', targetId: plainId, allow: String(KICK_MEMBERS), deny: '0' }],
        },
      }),
    },
  ],
  'POST /api/servers/:id/categories': {
    where: 'server',
    needs: MANAGE_CHANNELS,
    asks: ({ serverId }) => ({ params: { id: serverId }, body: { name: 'x' } }),
  },
  'PATCH /api/servers/:id/channels': [
    {
      as: 'their order',
      where: 'server',
      needs: MANAGE_CHANNELS,
      asks: ({ serverId, textId }) => ({
        params: { id: serverId },
        body: [{ id: textId, position: 1 }],
      }),
      // What is not there to them is not moved by them.
      except: { shutOut: 'not_found' },
    },
    {
      as: 'into a category',
      where: 'server',
      needs: MANAGE_CHANNELS,
      asks: ({ serverId, textId, categoryId }) => ({
        params: { id: serverId },
        body: [{ id: textId, position: 0, categoryId }],
      }),
      except: { shutOut: 'not_found' },
    },
  ],
  'PATCH /api/servers/:id/categories': {
    where: 'server',
    needs: MANAGE_CHANNELS,
    asks: ({ serverId, categoryId }) => ({
      params: { id: serverId },
      body: [{ id: categoryId, position: 0 }],
    }),
  },
  'PATCH /api/categories/:id': {
    where: 'server',
    needs: MANAGE_CHANNELS,
    asks: ({ categoryId }) => ({ params: { id: categoryId }, body: { name: 'x' } }),
  },
  'DELETE /api/categories/:id': {
    where: 'server',
    needs: MANAGE_CHANNELS,
    asks: ({ categoryId }) => ({ params: { id: categoryId } }),
  },
  'GET /api/channels/:id': [
    { where: 'channels', asks: ({ textId }) => ({ params: { id: textId } }) },
    {
      as: 'of a conversation, which is none of a server',
      where: 'account',
      asks: ({ groupId }) => ({ params: { id: groupId } }),
      granted: 'not_found',
    },
  ],
  'PATCH /api/channels/:id': [
    {
      where: 'channels',
      needs: MANAGE_CHANNELS,
      asks: ({ textId }) => ({ params: { id: textId }, body: { topic: 'x', slowmode: 5 } }),
    },
    {
      as: 'of a conversation, which is none of a server',
      where: 'account',
      asks: ({ groupId }) => ({ params: { id: groupId }, body: { topic: 'x' } }),
      granted: 'not_found',
    },
  ],
  'DELETE /api/channels/:id': [
    {
      where: 'channels',
      needs: MANAGE_CHANNELS,
      asks: ({ textId }) => ({ params: { id: textId } }),
    },
    {
      as: 'of a conversation, which is none of a server',
      where: 'account',
      asks: ({ groupId }) => ({ params: { id: groupId } }),
      granted: 'not_found',
    },
  ],
  'PUT /api/channels/:id/overrides/:targetId': [
    {
      as: 'of a role',
      where: 'channels',
      needs: MANAGE_ROLES | SEND_MESSAGES,
      above: true,
      asks: ({ textId, rankId }) => ({
        params: { id: textId, targetId: rankId },
        body: { kind: 'role', allow: '0', deny: String(SEND_MESSAGES) },
      }),
    },
    {
      as: 'of a member',
      where: 'channels',
      needs: MANAGE_ROLES | SEND_MESSAGES,
      above: true,
      asks: ({ textId, targetId }) => ({
        params: { id: textId, targetId },
        body: { kind: 'member', allow: String(SEND_MESSAGES), deny: '0' },
      }),
    },
    {
      as: 'the own',
      where: 'channels',
      needs: MANAGE_ROLES | SEND_MESSAGES,
      asks: ({ textId, meId }) => ({
        params: { id: textId, targetId: meId },
        body: { kind: 'member', allow: String(SEND_MESSAGES), deny: '0' },
      }),
    },
  ],
  'DELETE /api/channels/:id/overrides/:targetId': {
    where: 'channels',
    needs: MANAGE_ROLES,
    asks: ({ textId, plainId }) => ({ params: { id: textId, targetId: plainId } }),
  },
  'POST /api/channels/:id/ticket': [
    { where: 'channels', asks: ({ textId }) => ({ params: { id: textId } }) },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId }) => ({ params: { id: groupId } }),
    },
  ],
  'POST /api/channels/:id/voice': [
    {
      where: 'channels',
      needs: CONNECT,
      asks: ({ voiceId }) => ({ params: { id: voiceId } }),
    },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId }) => ({ params: { id: groupId } }),
    },
  ],

  'GET /api/servers/:id/search': [
    { where: 'server', asks: ({ serverId }) => ({ params: { id: serverId }, query: {} }) },
    {
      as: 'in one channel',
      where: 'channels',
      asks: ({ serverId, textId }) => ({ params: { id: serverId }, query: { in: textId } }),
    },
  ],
  'GET /api/channels/:id/search': [
    {
      as: 'a channel',
      where: 'channels',
      asks: ({ textId }) => ({ params: { id: textId }, query: {} }),
    },
    {
      as: 'a group',
      where: 'group',
      asks: ({ groupId }) => ({ params: { id: groupId }, query: {} }),
    },
  ],
  'GET /api/channels/:id/messages': [
    { where: 'channels', asks: ({ textId }) => ({ params: { id: textId } }) },
    {
      as: 'around one',
      where: 'channels',
      asks: ({ textId, messageId }) => ({ params: { id: textId }, query: { around: messageId } }),
      // Ids are moments: those of others are as good as any.
      mixes: ['messageId'],
    },
    {
      as: 'by their ids',
      where: 'channels',
      asks: ({ textId, messageId }) => ({ params: { id: textId }, query: { ids: messageId } }),
      // What is not in the channel is passed over.
      mixes: ['messageId'],
    },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId }) => ({ params: { id: groupId } }),
    },
  ],
  'POST /api/channels/:id/messages': [
    {
      where: 'channels',
      needs: SEND_MESSAGES,
      asks: ({ textId }) => ({ params: { id: textId }, body: { content: 'x' } }),
    },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId }) => ({ params: { id: groupId }, body: { content: 'x' } }),
    },
  ],
  'POST /api/uploads': [
    {
      where: 'channels',
      needs: ATTACH_FILES,
      asks: ({ textId }) => ({ body: { channelId: textId, name: 'x', size: 1 } }),
    },
    {
      as: 'to a conversation',
      where: 'group',
      asks: ({ groupId }) => ({ body: { channelId: groupId, name: 'x', size: 1 } }),
    },
  ],
  // They are their makers' alone.
  'POST /api/uploads/:id/complete': {
    where: 'account',
    asks: ({ messageId }) => ({ params: { id: messageId } }),
    granted: 'not_found',
  },
  'DELETE /api/uploads/:id': {
    where: 'account',
    asks: ({ messageId }) => ({ params: { id: messageId } }),
    granted: 'not_found',
  },
  'POST /api/channels/:id/attachments': [
    {
      where: 'channels',
      asks: ({ textId, messageId }) => ({ params: { id: textId }, body: { ids: [messageId] } }),
      // Those of other channels are left out.
      mixes: ['messageId'],
    },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId, messageId }) => ({ params: { id: groupId }, body: { ids: [messageId] } }),
      mixes: ['messageId'],
    },
  ],
  'GET /api/channels/:id/threads': {
    where: 'channels',
    asks: ({ textId }) => ({ params: { id: textId }, query: {} }),
  },
  'POST /api/channels/:id/messages/:mid/thread': {
    where: 'channels',
    needs: CREATE_THREADS | SEND_MESSAGES,
    asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId }, body: {} }),
  },
  'PATCH /api/channels/:id/messages/:mid': [
    {
      as: 'the own',
      where: 'channels',
      needs: SEND_MESSAGES,
      asks: ({ textId, ownMessageId }) => ({
        params: { id: textId, mid: ownMessageId },
        body: { content: 'x' },
      }),
    },
    {
      as: "somebody else's",
      where: 'channels',
      needs: MANAGE_MESSAGES | SEND_MESSAGES,
      asks: ({ textId, messageId }) => ({
        params: { id: textId, mid: messageId },
        body: { content: 'x' },
      }),
      // Nobody puts words into another's mouth.
      granted: 'forbidden',
    },
    {
      as: "somebody else's in a conversation",
      where: 'group',
      asks: ({ groupId, groupMessageId }) => ({
        params: { id: groupId, mid: groupMessageId },
        body: { content: 'x' },
      }),
      granted: 'forbidden',
      except: { target: 'yes' },
    },
  ],
  'DELETE /api/channels/:id/messages/:mid': [
    {
      as: 'the own, also in a timeout',
      where: 'channels',
      asks: ({ textId, ownMessageId }) => ({ params: { id: textId, mid: ownMessageId } }),
    },
    {
      as: "somebody else's",
      where: 'channels',
      needs: MANAGE_MESSAGES,
      asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId } }),
      except: { target: 'yes' },
    },
    {
      as: "somebody else's in a conversation, where nobody is above another",
      where: 'group',
      asks: ({ groupId, groupMessageId }) => ({ params: { id: groupId, mid: groupMessageId } }),
      granted: 'forbidden',
      except: { target: 'yes' },
    },
  ],
  'GET /api/channels/:id/messages/:mid': [
    {
      where: 'channels',
      asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId } }),
    },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId, groupMessageId }) => ({ params: { id: groupId, mid: groupMessageId } }),
    },
  ],
  'GET /api/channels/:id/messages/:mid/reactions/:emoji': {
    where: 'channels',
    asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId, emoji: '👍' } }),
  },
  'PUT /api/channels/:id/messages/:mid/reactions/:emoji/@me': [
    {
      where: 'channels',
      needs: ADD_REACTIONS,
      asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId, emoji: '👍' } }),
    },
    {
      as: 'in a conversation',
      where: 'group',
      asks: ({ groupId, groupMessageId }) => ({
        params: { id: groupId, mid: groupMessageId, emoji: '👍' },
      }),
    },
  ],
  'DELETE /api/channels/:id/messages/:mid/reactions/:emoji/@me': {
    as: 'also in a timeout',
    where: 'channels',
    asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId, emoji: '👍' } }),
  },
  'DELETE /api/channels/:id/messages/:mid/reactions/:emoji/:uid': [
    {
      where: 'channels',
      needs: MANAGE_MESSAGES,
      asks: ({ textId, messageId, targetId }) => ({
        params: { id: textId, mid: messageId, emoji: '👍', uid: targetId },
      }),
      // Their own.
      except: { target: 'yes' },
      // Whoever has put nothing on it.
      mixes: ['targetId'],
    },
    {
      as: 'in a conversation',
      where: 'group',
      asks: ({ groupId, groupMessageId, targetId }) => ({
        params: { id: groupId, mid: groupMessageId, emoji: '👍', uid: targetId },
      }),
      granted: 'forbidden',
      except: { target: 'yes' },
    },
  ],
  'GET /api/channels/:id/pins': [
    { where: 'channels', asks: ({ textId }) => ({ params: { id: textId } }) },
    {
      as: 'of a conversation',
      where: 'group',
      asks: ({ groupId }) => ({ params: { id: groupId } }),
    },
  ],
  'PUT /api/channels/:id/pins/:mid': [
    {
      where: 'channels',
      needs: PIN_MESSAGES,
      asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId } }),
    },
    {
      as: 'in a conversation',
      where: 'group',
      asks: ({ groupId, groupMessageId }) => ({ params: { id: groupId, mid: groupMessageId } }),
    },
  ],
  'DELETE /api/channels/:id/pins/:mid': [
    {
      where: 'channels',
      needs: PIN_MESSAGES,
      asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId } }),
    },
    {
      as: 'in a conversation',
      where: 'group',
      asks: ({ groupId, groupMessageId }) => ({ params: { id: groupId, mid: groupMessageId } }),
    },
  ],
  'POST /api/channels/:id/messages/bulk-delete': [
    {
      where: 'channels',
      needs: MANAGE_MESSAGES,
      asks: ({ textId, messageId }) => ({ params: { id: textId }, body: { ids: [messageId] } }),
      // What is not in the channel is passed over.
      mixes: ['messageId'],
    },
    {
      as: 'of a conversation',
      where: 'account',
      asks: ({ groupId, groupMessageId }) => ({
        params: { id: groupId },
        body: { ids: [groupMessageId] },
      }),
      granted: 'not_found',
    },
  ],

  'POST /api/servers/:id/invites': {
    where: 'server',
    needs: CREATE_INVITE,
    asks: ({ serverId }) => ({ params: { id: serverId }, body: {} }),
  },
  'GET /api/servers/:id/invites': {
    where: 'server',
    needs: MANAGE_SERVER,
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'GET /api/invites/:code': {
    where: 'everyone',
    asks: ({ inviteCode }) => ({ params: { code: inviteCode } }),
    mixes: ['inviteCode'],
  },
  'POST /api/invites/:code': {
    where: 'account',
    asks: ({ inviteCode }) => ({ params: { code: inviteCode } }),
    except: { banned: 'banned' },
    mixes: ['inviteCode'],
  },
  'DELETE /api/invites/:code': {
    where: 'server',
    needs: MANAGE_SERVER,
    asks: ({ inviteCode }) => ({ params: { code: inviteCode } }),
    // As of a code that nobody made.
    except: {
      stranger: 'invite_not_found',
      keeper: 'invite_not_found',
      banned: 'invite_not_found',
      left: 'invite_not_found',
    },
  },

  'POST /api/internal/outbox': {
    where: 'service',
    asks: ({ textId, messageId, now }) => ({
      body: {
        channelId: textId,
        entries: [{ op: 'remove', id: messageId, removedAt: new Date(now).toISOString() }],
      },
    }),
  },
  'GET /api/internal/servers/:id/structure': {
    where: 'service',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'POST /api/internal/servers/:id/members': {
    where: 'service',
    asks: ({ serverId, targetId }) => ({ params: { id: serverId }, body: { userIds: [targetId] } }),
  },
  'POST /api/internal/channels/:id/permissions': {
    where: 'service',
    asks: ({ textId, targetId }) => ({ params: { id: textId }, body: { userIds: [targetId] } }),
  },
  'GET /api/internal/servers/:id/latest': {
    where: 'service',
    asks: ({ serverId }) => ({ params: { id: serverId } }),
  },
  'GET /api/internal/users/:id/reading': {
    where: 'service',
    asks: ({ targetId }) => ({ params: { id: targetId } }),
  },
  'POST /api/internal/users/:id/read-marks': {
    where: 'service',
    asks: ({ targetId, textId, messageId }) => ({
      params: { id: targetId },
      body: { marks: [{ channelId: textId, messageId }] },
    }),
  },
  'GET /api/internal/users/:id/friends': {
    where: 'service',
    asks: ({ targetId }) => ({ params: { id: targetId } }),
  },
  'GET /api/internal/channels/:id/messages': {
    where: 'service',
    asks: ({ textId }) => ({ params: { id: textId } }),
  },
  'GET /api/internal/channels/:id/messages/:mid': {
    where: 'service',
    asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId } }),
  },
  'POST /api/internal/sfu-nodes': {
    where: 'service',
    asks: ({ textId }) => ({
      body: {
        id: '00000000-0000-4000-8000-000000000001',
        internalUrl: 'http://sfu:3003',
        peers: 1,
        load: 0,
        draining: false,
        calls: [textId],
      },
    }),
  },
  'GET /api/internal/channels/:id/messages/:mid/reactions': {
    where: 'service',
    asks: ({ textId, messageId }) => ({ params: { id: textId, mid: messageId } }),
  },
} satisfies { [K in EndpointKey]: RestCase<K> | RestCase<K>[] };
