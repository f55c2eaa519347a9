import type { Snowflake } from '@harmonium/api/ids';
import type {
  AccessChangedRequest,
  CallPlace,
  DisconnectRequest,
  MoveRequest,
  PermittedPlace,
  PlacesRequest,
} from '@harmonium/sfu/node';

export interface SfuChoice {
  /** Signalling address without query, for the origin the client came by. */
  url: string;
  /** The node whose address that is, where there are several. */
  node?: string;
}

/** Why there is no voice, in words a person can act on. */
export interface NoVoice {
  reason: string;
}

/** The nodes that carry calls. */
export interface Sfus {
  /** The node that holds the channel's call, or else the least busy one. */
  choose(channelId: Snowflake, origin: string): Promise<SfuChoice | NoVoice>;
  /** Closes what a user holds in calls. Throws when a node that may hold it cannot be reached. */
  disconnect(request: DisconnectRequest): Promise<void>;
  /**
   * Voids the voice tickets of those whose access changed, and answers who of them is in a call.
   * Throws when a node that may hold one cannot be reached.
   */
  accessChanged(request: AccessChangedRequest): Promise<CallPlace[]>;
  /** Who of these users is in a call of the server, and where. Throws likewise. */
  places(request: PlacesRequest): Promise<CallPlace[]>;
  /** Sends a user on to another call; false when they are not in the one. Throws likewise. */
  move(request: MoveRequest): Promise<boolean>;
  /** Says what people in calls (at most MAX_PLACES) may do from now on. Throws likewise. */
  permit(places: PermittedPlace[]): Promise<void>;
  /** Undefined while calls can be had. Cheap: asked at every page load. */
  trouble(): Promise<NoVoice | undefined>;
}
