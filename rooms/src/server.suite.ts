import { afterAll, beforeAll, describe } from 'vitest';
import { serverCrowd } from './server-crowd.suite.ts';
import { serverMembers } from './server-members.suite.ts';
import { serverStructure } from './server-structure.suite.ts';
import { Servers } from './testing/servers.ts';
import type { Rooms } from './testing/world.ts';

/** Rules of a server room that hold on every host. */
export function serverSuite(name: string, open: () => Promise<Rooms>): void {
  describe(`a server on ${name}`, () => {
    const servers = new Servers();
    beforeAll(async () => servers.open(await open()));
    afterAll(() => servers.world.rooms.close());

    serverStructure(servers);
    serverMembers(servers);
    serverCrowd(servers);
  });
}
