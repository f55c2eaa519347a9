import type { AttachmentAddress } from '@harmonium/api/upload';
import { createEffect, createSignal, untrack } from 'solid-js';
import type { createAddress } from './create-address.ts';

/**
 * An address that stays what it was while it works: another one of the same file would load it anew,
 * and begin a film from its start. One that does not work is asked for once more.
 */
export function createSource(
  held: ReturnType<typeof createAddress>,
  choose: (address: AttachmentAddress) => string = ({ url }) => url,
) {
  const [source, setSource] = createSignal<string>();
  const [isLost, setIsLost] = createSignal(false);
  createEffect(() => {
    const address = held.address();
    if (address !== undefined && untrack(source) === undefined) setSource(choose(address));
  });
  return {
    source,
    /** It did not work the second time either. */
    isLost,
    fail(): void {
      if (held.complain()) setSource(undefined);
      else setIsLost(true);
    },
  };
}
