import { AuditEntry } from '@harmonium/api/audit-log';
import { expect, test } from 'vitest';
import { createAuditLog } from './create-audit-log.ts';
import type { AuditFilter } from './create-audit-log.ts';

const entry = (id: number) =>
  AuditEntry.parse({
    id: String(id),
    serverId: '1',
    actor: { id: '9', username: 'Mirela', avatar: null },
    action: 'server.update',
    targetId: null,
    target: null,
    channelId: null,
    before: null,
    after: null,
    reason: null,
    createdAt: '2026-05-01T12:00:00.000Z',
  });
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('it goes on where the page before ended, until there is no more', async () => {
  const asked: (string | undefined)[] = [];
  const log = createAuditLog({
    filter: () => ({}),
    page: async ({ before, limit }) => {
      asked.push(before);
      const from = before === undefined ? 60 : Number(before) - 1;
      return Array.from({ length: Math.min(limit, from) }, (_, n) => entry(from - n));
    },
  });
  await log.restart();
  expect([log.entries().length, log.hasMore()]).toEqual([50, true]);
  log.more();
  await settled();
  expect([log.entries().length, log.hasMore()]).toEqual([60, false]);
  expect(asked).toEqual([undefined, '11']);
});

test('an answer to a filter that is no longer chosen is not shown', async () => {
  const answers: ((page: AuditEntry[]) => void)[] = [];
  let filter: AuditFilter = {};
  const log = createAuditLog({
    filter: () => filter,
    page: () => new Promise((resolve) => answers.push(resolve)),
  });
  void log.restart();
  filter = { action: 'member.ban' };
  void log.restart();
  answers[1]?.([entry(2)]);
  answers[0]?.([entry(1)]);
  await settled();
  expect(log.entries().map(({ id }) => id)).toEqual(['2']);
});
