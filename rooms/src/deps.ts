import type { TicketKeys } from '@harmonium/api/ticket';
import type { Meter } from './meter.ts';
import type { RoomsApi } from './rooms-api.ts';

/** What every room reaches beside its host. */
export interface RoomDeps {
  tickets: TicketKeys;
  api: RoomsApi;
  /** Multiplies every flood limit; load tests raise it. */
  rateLimitScale: number;
  /** From 0 to 1, for backoff. */
  random: () => number;
  meter: Meter;
}
