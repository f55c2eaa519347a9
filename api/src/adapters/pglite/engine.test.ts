import { fsyncSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { startEngine } from './engine.ts';
import { BackendStream } from './wire.ts';

it('forces a commit to the disk before it answers', { timeout: 60_000 }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'harmonium-engine-'));
  let synced = 0;
  const engine = await startEngine({
    folder: join(home, 'data'),
    sync(file) {
      synced += 1;
      fsyncSync(file);
    },
  });
  const client = new Client({ stream: () => new BackendStream(engine), user: 'postgres' });
  await client.connect();
  await client.query('create table notes (n int)');
  synced = 0;
  await client.query('insert into notes values (1)');
  expect(synced).toBe(1);
  await client.end();
  await engine.close();
  await rm(home, { recursive: true });
});

it('starts a client afresh when the one before left in the middle of a transaction', async () => {
  const engine = await startEngine({});
  const connect = async () => {
    const client = new Client({ stream: () => new BackendStream(engine), user: 'postgres' });
    await client.connect();
    return client;
  };
  const first = await connect();
  await first.query('create table notes (n int)');
  await first.query('begin');
  await first.query('insert into notes values (1)');
  await first.end();
  const second = await connect();
  expect((await second.query('select n from notes')).rows).toEqual([]);
  await second.end();
  await engine.close();
}, 60_000);
