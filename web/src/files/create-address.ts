import type { Attachment } from '@harmonium/api/attachment';
import type { AttachmentAddress } from '@harmonium/api/upload';
import { onCleanup } from 'solid-js';
import { createAddresses } from './addresses.ts';
import { useFiles } from './files-provider.tsx';

/** Where one file is read, as long as this shows it. */
export function createAddress(channelId: string, attachment: Pick<Attachment, 'id'>) {
  const addresses = useFiles().addresses((call) => createAddresses({ call, now: Date.now }));
  const held = addresses.hold(channelId, attachment.id);
  onCleanup(held.release);
  return {
    address(): AttachmentAddress | undefined {
      const state = held.state();
      return typeof state === 'object' ? state : undefined;
    },
    isGone: () => held.state() === 'gone',
    /** The address did not work; false: it is what it is. */
    complain: held.complain,
  };
}
