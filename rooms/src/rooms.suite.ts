import { channelSuite } from './channel.suite.ts';
import { serverUnreadSuite } from './server-unread.suite.ts';
import { serverSuite } from './server.suite.ts';
import type { Rooms } from './testing/world.ts';
import { userSuite } from './user.suite.ts';

/** The rules of all rooms, for one host: each host passes the same. */
export function roomsSuite(name: string, open: () => Promise<Rooms>): void {
  channelSuite(name, open);
  serverSuite(name, open);
  serverUnreadSuite(name, open);
  userSuite(name, open);
}
