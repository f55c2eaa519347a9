import { expect, test } from 'vitest';
import { createTicketHolder } from './ticket-holder.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const inMs = (ms: number) => new Date(NOW + ms).toISOString();

function holder() {
  let issued = 0;
  const tickets = createTicketHolder({
    issue: () =>
      Promise.resolve({ url: 'ws://here', ticket: `api-${++issued}`, expiresAt: inMs(60_000) }),
    now: () => NOW,
  });
  return { tickets, issued: () => issued };
}

test('a reconnect takes the ticket that the room handed out and asks nobody', async () => {
  const { tickets, issued } = holder();
  await tickets.take();
  tickets.renew({ ticket: 'from the room', expiresAt: inMs(900_000) });
  expect(await tickets.take()).toMatchObject({ url: 'ws://here', ticket: 'from the room' });
  expect(issued()).toBe(1);
});

test('a ticket about to end, or refused, is replaced by a new one', async () => {
  const { tickets } = holder();
  await tickets.take();
  tickets.renew({ ticket: 'ends soon', expiresAt: inMs(3_000) });
  expect((await tickets.take()).ticket).toBe('api-2');
  tickets.drop();
  expect((await tickets.take()).ticket).toBe('api-3');
});
