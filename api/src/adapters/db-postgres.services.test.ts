import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
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

it('survives a database that goes away in the middle of a transaction, and finds it again', async () => {
  const fragile = await startPostgres();
  const opened = await openPostgres({ url: fragile.url });
  const transaction = opened.db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    await fragile.stop();
    // Lost while nothing is asked: only a listener keeps that from ending the process.
    await sleep(100);
    await tx.execute(sql`select 2`);
  });
  await expect(transaction).rejects.toThrow(/./);
  await fragile.start();
  await opened.ping();
  await opened.close();
  await fragile.close();
});

it('says so when there is no database', async () => {
  await expect(openPostgres({ url: 'postgres://x@127.0.0.1:1/x' })).rejects.toThrow(/./);
});
