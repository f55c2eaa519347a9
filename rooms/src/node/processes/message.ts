import type { IncomingHttpHeaders } from 'node:http';
import type { Party, PublishAnswer, PublishEvents } from '../../../contract/publish.ts';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import type { NodeHostStats } from '../host.ts';

/** What the parent and the processes of the rooms say to each other. All run this very code. */

export interface RoomProcessSettings {
  place: number;
  places: number;
  /** Of this process alone. */
  dataDir: string;
  jwtSecret: string;
  apiUrl: string;
  rateLimitScale: number;
  logLevel: string;
}

/** What is asked, by name, with its answer. */
export interface Questions {
  publish: { ask: Publish; answer: PublishAnswer[] };
  stats: { ask: { what: 'stats' }; answer: NodeHostStats };
  metrics: { ask: { what: 'metrics' }; answer: MetricObjectWithValues<MetricValue<string>>[] };
}

export interface Publish {
  what: 'publish';
  party: Party;
  roomId: string;
  events: readonly PublishEvents[Party][];
}

export type Ask = Questions[keyof Questions]['ask'];

export interface Call {
  type: 'call';
  id: number;
  ask: Ask;
}

export type Reply =
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failed'; id: number; reason: string };

/** An upgrade as it was read from the socket that comes with it. */
export interface Upgrade {
  type: 'upgrade';
  url: string;
  headers: IncomingHttpHeaders;
  /** Base64 of what the client said behind the request. */
  head: string;
}

export type ToProcess =
  | { type: 'open'; settings: RoomProcessSettings }
  | Upgrade
  | Call
  | Reply
  | { type: 'close' };

export type ToParent =
  | { type: 'ready' }
  /** The socket that was given first, of those not yet taken. */
  | { type: 'took' }
  | { type: 'refused'; reason: string }
  | Call
  | Reply;
