import type { Snowflake } from '@harmonium/api/ids';
import type { Cable } from '../network.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';

/** Something that goes wrong while people talk. */
export interface Fault {
  /** For the command line. */
  name: string;
  /** For the table. */
  what: string;
  /** How long people talk meanwhile, in seconds. */
  seconds: number;
  /** The same in the short form of `npm test`; absent: it is not among them. */
  shortSeconds?: number;
  /** Why it cannot be done on this machine; absent or undefined: it can. */
  hindrance?: () => string | undefined;
  /** How many are there; absent: the usual. */
  people?: number;
  /** Characters of a message; absent: the usual. */
  length?: number;
  /** No cable between people and rooms: it would keep what somebody does not read. */
  isDirect?: boolean;
  /** Before anything runs. */
  prepare?: (place: Place) => Promise<void>;
  /** Does the damage and makes it good again. Runs beside the talk. */
  inject: (scene: Scene) => Promise<void>;
  /** After everyone has come to rest: looks for what is wrong beside what all faults are checked for. */
  verify?: (scene: Scene) => Promise<void> | void;
  /** Undoes `prepare`. */
  tidy?: (place: Place) => Promise<void>;
}

export interface Scene {
  place: Place;
  /** Between people and rooms. */
  cable: Cable;
  people: readonly Person[];
  serverId: Snowflake;
  channelId: Snowflake;
  /** How long people talk, in seconds. */
  seconds: number;
  /** Seconds pass. */
  wait: (seconds: number) => Promise<void>;
  /** Says what is wrong. */
  trouble: (text: string) => void;
  /** Says a figure of this fault alone. */
  note: (text: string) => void;
}
