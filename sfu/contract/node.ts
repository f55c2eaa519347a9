/** The sfu's own HTTP surface towards api; bearer is a service token for the audience `sfu`. */
export interface SfuNode {
  /** Signalling address of this node without query, for the origin the client came by. */
  url: string;
  /** People in all of its calls. */
  peers: number;
}

/** `POST /sfu/disconnect` with this body closes what a user holds in calls; answers `{}`. */
export interface DisconnectRequest {
  userId: string;
  serverId?: string;
  channelId?: string;
  sessionId?: string;
}
