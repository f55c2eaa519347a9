import { createTicketKeys } from '@harmonium/api/ticket';
import { FakeApi } from './fake-api.ts';
import { FakeHost } from './fake-host.ts';
import type { Rooms } from './world.ts';

export const TEST_SECRET = 'the secret of the tests';

/** The fake host as suites drive it; its clock stands unless a test moves it. */
export function fakeRooms(options: { ticking?: boolean } = {}): Rooms & { host: FakeHost } {
  const api = new FakeApi();
  const started = Date.now();
  const tickets = createTicketKeys(TEST_SECRET, () => host.now);
  const host = new FakeHost({ tickets, api, rateLimitScale: 1 }, started);
  // Alarms ring by the real clock where a suite knows no other.
  const clock =
    options.ticking === false
      ? undefined
      : setInterval(() => void host.advance(Math.max(0, Date.now() - host.now)), 20);
  return {
    host,
    tickets,
    api,
    publisher: host.publisher,
    async connect(party, id, ticket, since, client) {
      client.attach(await host.connect(party, id, ticket, since, client));
    },
    restart: () => host.restart(),
    async close() {
      clearInterval(clock);
    },
  };
}
