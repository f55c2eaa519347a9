import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snowflake } from '@harmonium/api/ids';
import { startPostgres } from '../../api/testing/postgres.ts';
import { startRedis } from '../../api/testing/redis.ts';
import { freePort, type FragileService } from '../../api/testing/service.ts';
import { storedMessages } from '../../api/testing/stored-messages.ts';
import { Part } from './part.ts';
import type { Shown } from './record.ts';

const SECRET = 'the secret of all that goes wrong';

/** The product in parts, as with Compose: each can be taken away without the others. */
export class Place {
  readonly postgres: FragileService;
  readonly redis: FragileService;
  readonly api: Part;
  readonly rooms: Part;
  readonly sfu: Part;
  /** Where the rooms' storage lies. */
  readonly roomsFolder: string;
  readonly #folder: string;

  private constructor(
    parts: Pick<Place, 'postgres' | 'redis' | 'api' | 'rooms' | 'sfu'>,
    folder: string,
  ) {
    ({ postgres: this.postgres, redis: this.redis } = parts);
    ({ api: this.api, rooms: this.rooms, sfu: this.sfu } = parts);
    this.#folder = folder;
    this.roomsFolder = roomsFolderIn(folder);
  }

  /** Everything runs and answers, but voice: `place.sfu` is for those who want it. */
  static async open(): Promise<Place> {
    const folder = await mkdtemp(join(tmpdir(), 'harmonium-chaos-'));
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const [apiPort, roomsPort, sfuPort, mediaPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const at = (port: number) => `http://127.0.0.1:${port}`;
    const shared = {
      NODE_ENV: 'development',
      JWT_SECRET: SECRET,
      JWT_REFRESH_SECRET: `${SECRET}, refreshed`,
      // What is tested is the product, not how many messages it lets one person write.
      RATE_LIMIT_SCALE: '1000000',
      API_URL: at(apiPort),
      ROOMS_URL: at(roomsPort),
      SFU_URL: at(sfuPort),
    };
    const stores = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const place = new Place(
      {
        postgres,
        redis,
        api: new Part(
          'api',
          'api/src/node.ts',
          apiPort,
          { ...shared, ...stores, DATA_DIR: join(folder, 'api') },
          { answersForAll: true },
        ),
        rooms: new Part('rooms', 'rooms/src/main.ts', roomsPort, {
          ...shared,
          DATA_DIR: roomsFolderIn(folder),
        }),
        sfu: new Part('sfu', 'sfu/src/main.ts', sfuPort, {
          ...shared,
          SFU_PORT: String(mediaPort),
          SFU_WORKERS: '1',
        }),
      },
      folder,
    );
    return place;
  }

  async start(): Promise<void> {
    await Promise.all([this.api.start(), this.rooms.start()]);
  }

  /** The channel's messages as the database holds them, oldest first. */
  stored(channelId: Snowflake): Promise<Shown[]> {
    return storedMessages(this.postgres.url, channelId);
  }

  async stop(): Promise<void> {
    await Promise.all([this.sfu.stop(), this.rooms.stop()]);
    await this.api.stop();
    await Promise.all([this.postgres.close(), this.redis.close()]);
  }

  /** Removes what it stored; it is stopped. */
  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function roomsFolderIn(folder: string): string {
  return join(folder, 'rooms');
}
