import { z } from 'zod';
import { Snowflake } from '../ids.ts';
import { AskFriend, MAX_RELATIONSHIPS, Relationship, SetRelationship } from '../relationship.ts';
import type { Endpoint } from './endpoint.ts';

const ByUser = z.object({ uid: Snowflake });

/** Friends, requests and blocks. */
export const friendsEndpoints = {
  'GET /api/users/@me/relationships': {
    summary: 'Friends, requests and blocked people',
    caller: 'user',
    status: 200,
    answer: z.array(Relationship).max(MAX_RELATIONSHIPS),
  },
  'POST /api/users/@me/relationships': {
    summary: 'Ask somebody to be a friend, or accept when they asked',
    caller: 'user',
    body: AskFriend,
    status: 200,
    answer: Relationship,
  },
  'PUT /api/users/@me/relationships/:uid': {
    summary: 'Ask or accept a friend, or block somebody',
    caller: 'user',
    params: ByUser,
    body: SetRelationship,
    status: 200,
    answer: Relationship,
  },
  'DELETE /api/users/@me/relationships/:uid': {
    summary: 'End a friendship, take back or refuse a request, or unblock somebody',
    caller: 'user',
    params: ByUser,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
