import type { Handler } from './handler.ts';

/** Who is muted is not heard, whatever the client sends. */
export const setState: Handler<'setState'> = async ({ call, peer }, { muted, deafened }) => {
  if (peer.muted === muted && peer.deafened === deafened) return {};
  const muteChanged = peer.muted !== muted;
  peer.muted = muted;
  peer.deafened = deafened;
  call.stateChanged(peer);
  const mic = [...peer.producers.values()].find(({ source }) => source === 'mic');
  if (mic && muteChanged) await call.applyPause(peer, mic);
  return {};
};
