import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNeonProxy } from '../../testing/neon-proxy.ts';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import type { OpenDatabase } from '../db/database.ts';
import { testDatabase } from '../db/db.suite.ts';
import { openNeon } from './db-neon.ts';
import { openPostgres } from './db-postgres.ts';

let postgres: Service;
let proxy: Service;
let byTcp: OpenDatabase;
let byWebSocket: OpenDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startNeonProxy(postgres.url);
  byTcp = await openPostgres({ url: postgres.url });
  byWebSocket = openNeon({ url: postgres.url, wsProxy: proxy.url });
});

afterAll(async () => {
  await Promise.all([byTcp.close(), byWebSocket.close()]);
  await proxy.close();
  await postgres.close();
});

testDatabase('PostgreSQL', () => byTcp);
testDatabase('Neon', () => byWebSocket);

it('brings an empty database up to date, also when several processes start at once', async () => {
  const fresh = await startPostgres();
  const opened = await Promise.all(
    Array.from({ length: 4 }, () => openPostgres({ url: fresh.url, connections: 2 })),
  );
  await Promise.all(opened.map(({ ping }) => ping()));
  await Promise.all(opened.map(({ close }) => close()));
  await fresh.close();
});

it('says so when there is no database', async () => {
  await expect(openPostgres({ url: 'postgres://x@127.0.0.1:1/x' })).rejects.toThrow(/./);
});
