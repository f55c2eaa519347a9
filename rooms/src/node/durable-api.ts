import type { RoomsApi } from '../rooms-api.ts';

/**
 * The output gate holds towards api, too: it is given nothing that a crash could still take back.
 *
 * @param durable ends when everything written until now is durable
 */
export function durableApi(api: RoomsApi, durable: () => Promise<void>): RoomsApi {
  return {
    async storeOutbox(channelId, entries) {
      await durable();
      return api.storeOutbox(channelId, entries);
    },
    structure: (serverId) => api.structure(serverId),
    message: (channelId, id) => api.message(channelId, id),
    members: (serverId, userIds) => api.members(serverId, userIds),
    history: (channelId, limit) => api.history(channelId, limit),
    reactions: (channelId, id) => api.reactions(channelId, id),
    permissions: (channelId, userIds) => api.permissions(channelId, userIds),
    friends: (userId) => api.friends(userId),
    latest: (serverId) => api.latest(serverId),
    reading: (userId) => api.reading(userId),
    async storeMarks(userId, marks) {
      await durable();
      return api.storeMarks(userId, marks);
    },
  };
}
