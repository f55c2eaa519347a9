import type { Relationship } from '@harmonium/api/relationship';
import type { User } from '@harmonium/api/user';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { relationships } from '../db/schema.ts';
import { readConversation } from '../direct/read-conversations.ts';
import { directRoomsOf } from '../direct/rooms-of.ts';
import { tellPeople } from '../direct/tell-people.ts';

/** Tells whoever has to do with a user outside of servers how they look now. */
export async function tellAcquaintances(core: Core, user: User): Promise<void> {
  const { db } = core.database;
  const sides = await db.select().from(relationships).where(eq(relationships.otherId, user.id));
  for (const { userId, kind, since } of sides) {
    const relationship: Relationship = { user, kind, since: since.toISOString() };
    void core.announce('user', userId, [{ type: 'relationship.changed', relationship }]);
  }
  for (const id of await directRoomsOf(core, user.id)) {
    void core.announce('main', id, [{ type: 'user.updated', user }]);
    const channel = await readConversation(db, id);
    tellPeople(core, channel, { type: 'direct.updated', channel });
  }
}
