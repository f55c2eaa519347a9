import type { Snowflake } from '@harmonium/api/ids';
import type { Deps } from '../deps.ts';
import { audit } from '../moderation/audit.ts';
import type { Transaction } from '../servers/structure.ts';
import { authorsOf, loggedChannel } from './logged-channel.ts';
import type { PinEntry } from './store-pins.ts';

/** Writes down who pinned what, and who took it down again. */
export async function logPins(
  deps: Pick<Deps, 'ids' | 'now'>,
  tx: Transaction,
  channelId: Snowflake,
  changes: readonly PinEntry[],
): Promise<void> {
  const logged = await loggedChannel(tx, channelId);
  if (logged === undefined) return;
  const authors = await authorsOf(
    tx,
    channelId,
    changes.map(({ id }) => id),
  );
  for (const { op, id, by } of changes) {
    const about = { messageId: id };
    await audit(deps, tx, {
      ...logged,
      actorId: by,
      action: op === 'pin' ? 'message.pin' : 'message.unpin',
      targetId: authors.get(id),
      ...(op === 'pin' ? { after: about } : { before: about }),
    });
  }
}
