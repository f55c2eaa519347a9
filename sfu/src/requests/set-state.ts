import type { Handler } from './handler.ts';

/** Who is muted is not heard, and to who is deafened nothing is sent, whatever the client does. */
export const setState: Handler<'setState'> = async ({ call, peer }, { muted, deafened }) => {
  if (peer.muted === muted && peer.deafened === deafened) return {};
  await call.change(peer, () => {
    peer.muted = muted;
    peer.deafened = deafened;
  });
  return {};
};
