import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { startEngine } from '../../api/src/adapters/pglite/engine.ts';
import { BackendStream } from '../../api/src/adapters/pglite/wire.ts';
import { SECRETS } from './live.ts';

/** Makes the data folder that an earlier version left when it was killed. */
export async function putBack(fixture: string, dataDir: string): Promise<void> {
  mkdirSync(join(dataDir, 'rooms'), { recursive: true });
  const secrets = { jwt: SECRETS.JWT_SECRET, refresh: SECRETS.JWT_REFRESH_SECRET };
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
  cpSync(join(fixture, 'uploads'), join(dataDir, 'uploads'), { recursive: true });
  const rooms = new DatabaseSync(join(dataDir, 'rooms/rooms.sqlite'));
  rooms.exec(`BEGIN; ${readFileSync(join(fixture, 'rooms.sql'), 'utf8')} COMMIT`);
  rooms.close();
  const engine = await startEngine({ folder: join(dataDir, 'pg') });
  const client = new Client({ stream: () => new BackendStream(engine), user: 'postgres' });
  await client.connect();
  await client.query(readFileSync(join(fixture, 'database.sql'), 'utf8'));
  await client.end();
  await engine.close();
}
