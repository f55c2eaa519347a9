import { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE } from '@harmonium/api/permissions';
import type { Structure } from '@harmonium/api/server';

/** A server with one channel, which has its server's own id. */
export function structureOf(text: string): Structure {
  const id = Snowflake.parse(text);
  const shown = { color: null, hoist: false, mentionable: false };
  return {
    rev: 1,
    server: { id, name: 'A large place', icon: null, theme: null, ownerId: id },
    categories: [],
    channels: [
      {
        id,
        serverId: id,
        categoryId: null,
        type: 'text',
        name: 'general',
        topic: '',
        position: 0,
        slowmode: 0,
        overrides: [],
      },
    ],
    roles: [
      {
        ...shown,
        id,
        serverId: id,
        name: '@everyone',
        position: 0,
        permissions: String(DEFAULT_EVERYONE),
      },
    ],
    emojis: [],
  };
}
