import type { DirectChannel } from '@harmonium/api/direct';
import type { UserPublish } from '@harmonium/rooms/publish';
import type { Core } from '../announce.ts';

/** Tells every device of everyone in a conversation. */
export function tellPeople(core: Core, channel: DirectChannel, event: UserPublish): void {
  for (const { id } of channel.participants) void core.announce('user', id, [event]);
}
