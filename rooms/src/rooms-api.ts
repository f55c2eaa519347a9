import { ApiProblem, createClient, type Client, type ClientOptions } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type {
  ChannelStanding,
  OutboxEntry,
  ReadMark,
  Reading,
  StoredPast,
} from '@harmonium/api/internal';
import type { Member } from '@harmonium/api/member';
import type { Message, MessageReactions } from '@harmonium/api/message';
import { askUnder } from '@harmonium/api/request-id';
import type { Structure } from '@harmonium/api/server';
import type { ServiceTokens } from '@harmonium/api/service-token';

/** What rooms ask of api. Every call throws when api does not answer, and may be tried again. */
export interface RoomsApi {
  /**
   * Applies the entries in order, all or none; durable once answered. Repeats change nothing.
   * False: the channel does not exist any more, and nothing was stored.
   */
  storeOutbox(channelId: Snowflake, entries: OutboxEntry[]): Promise<boolean>;
  /** Undefined: there is no such server. */
  structure(serverId: Snowflake): Promise<Structure | undefined>;
  /** Those of these users (at most 1,000) who are members. Undefined: there is no such server. */
  members(serverId: Snowflake, userIds: Snowflake[]): Promise<Member[] | undefined>;
  /** A stored message; undefined: there is none, or it was removed for good. */
  message(channelId: Snowflake, id: Snowflake): Promise<Message | undefined>;
  /** What is stored of the end of a channel; nothing when there is no such channel. */
  history(channelId: Snowflake, limit: number): Promise<StoredPast>;
  /** All reactions on a stored message; undefined: there is no such message. */
  reactions(channelId: Snowflake, id: Snowflake): Promise<MessageReactions | undefined>;
  /**
   * What users (at most 1,000) may do in a channel now, each of them once. Undefined: there is no
   * such channel.
   */
  permissions(channelId: Snowflake, userIds: Snowflake[]): Promise<ChannelStanding[] | undefined>;
  /** The youngest stored message of each channel of a server. */
  latest(serverId: Snowflake): Promise<ReadMark[]>;
  /** What a user has read, and wants to be told of. */
  reading(userId: Snowflake): Promise<Reading | undefined>;
  /** Stores marks; repeats change nothing. Answers the channels that the user is not in any more. */
  storeMarks(userId: Snowflake, marks: ReadMark[]): Promise<{ gone: Snowflake[] }>;
  /** A user's friends. Undefined: there is no such user. */
  friends(userId: Snowflake): Promise<Snowflake[] | undefined>;
}

/** RoomsApi over HTTP, or in the process when `fetch` is the app's own. */
export function createRoomsApi(options: {
  baseUrl: string;
  fetch: ClientOptions['fetch'];
  tokens: ServiceTokens;
}): RoomsApi {
  const { baseUrl, fetch } = options;
  const token = () => options.tokens.issue('rooms', 'api');
  const call: Client = (endpoint, ...parts) =>
    askUnder(crypto.randomUUID(), (named) => {
      const client = createClient({
        baseUrl,
        token,
        fetch(url, init) {
          const headers = [...new Headers(init.headers), ...Object.entries(named)];
          return fetch(url, { ...init, headers });
        },
      });
      return client(endpoint, ...parts);
    });
  return {
    async storeOutbox(channelId, entries) {
      const stored = call('POST /api/internal/outbox', { body: { channelId, entries } });
      return (await orNothing(stored.then(() => true))) ?? false;
    },
    structure: (id) =>
      orNothing(call('GET /api/internal/servers/:id/structure', { params: { id } })),
    members: (id, userIds) =>
      orNothing(
        call('POST /api/internal/servers/:id/members', { params: { id }, body: { userIds } }),
      ),
    history: (id, limit) =>
      call('GET /api/internal/channels/:id/messages', { params: { id }, query: { limit } }),
    reactions: (id, mid) =>
      orNothing(
        call('GET /api/internal/channels/:id/messages/:mid/reactions', { params: { id, mid } }),
      ),
    message: (id, mid) =>
      orNothing(call('GET /api/internal/channels/:id/messages/:mid', { params: { id, mid } })),
    latest: (id) => call('GET /api/internal/servers/:id/latest', { params: { id } }),
    reading: (id) => orNothing(call('GET /api/internal/users/:id/reading', { params: { id } })),
    storeMarks: (id, marks) =>
      call('POST /api/internal/users/:id/read-marks', { params: { id }, body: { marks } }),
    friends: (id) => orNothing(call('GET /api/internal/users/:id/friends', { params: { id } })),
    permissions: (id, userIds) =>
      orNothing(
        call('POST /api/internal/channels/:id/permissions', { params: { id }, body: { userIds } }),
      ),
  };
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.code === 'not_found') return undefined;
    throw problem;
  }
}
