/*
 * The sfu's own HTTP surface towards api; bearer is a service token for the audience `sfu`. What is
 * asked is asked of every node, and each answers for the calls that it holds.
 */

/** `POST /sfu/disconnect` with this body closes what a user holds in calls; answers `{}`. */
export interface DisconnectRequest {
  userId: string;
  serverId?: string;
  channelId?: string;
  sessionId?: string;
  /** What the client is told; without it that access was lost. */
  end?: 'access_lost' | 'disconnected';
}

/** `POST /sfu/places` with this body answers where these users are, a `CallPlace[]`. */
export interface PlacesRequest {
  serverId: string;
  userIds: string[];
}

/**
 * `POST /sfu/move` with this body: the user's client is told to go to `to`, and taken out where it
 * is; answers `{moved}`, false when it is not there any more.
 */
export interface MoveRequest extends CallPlace {
  to: string;
}

/**
 * `POST /sfu/access-changed`: what these users (absent: all) may do in the calls of a server
 * (`channelId`: in one of them) has changed. Tickets issued until now let nobody in any more, and
 * the answer is a `CallPlace[]`: who of them is in a call.
 */
export interface AccessChangedRequest {
  serverId: string;
  channelId?: string | undefined;
  userIds?: string[] | undefined;
}

/** Places in one request. */
export const MAX_PLACES = 1000;

export interface CallPlace {
  userId: string;
  channelId: string;
}

/**
 * `POST /sfu/permissions` with `{places}`: what they may do there from now on. Who may not CONNECT
 * leaves the call, and what they may not send is paused until they may; answers `{}`.
 */
export interface PermittedPlace extends CallPlace {
  /** A permission set; null: may not view the channel. */
  permissions: string | null;
  /** By a moderator; absent: not. */
  serverMuted?: boolean | undefined;
  serverDeafened?: boolean | undefined;
}
