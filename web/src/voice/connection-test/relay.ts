import type { IceServer } from '@harmonium/sfu/notification';

/** A TURN server that has not answered by then does not, in milliseconds. */
const ANSWER_WITHIN_MS = 5_000;
/** STUN's words for credentials that are not good (RFC 8489, section 14.8). */
const DENIED = new Set([401, 403, 431, 438]);

/** Whether a TURN server lends an address, without which nothing goes by way of it. */
export async function askForRelay(
  iceServers: readonly IceServer[],
): Promise<'ok' | 'none' | 'unreachable' | 'denied'> {
  const isTurn = ({ urls }: IceServer) => urls.some((url) => url.startsWith('turn'));
  if (!iceServers.some(isTurn)) return 'none';
  const connection = new RTCPeerConnection({
    iceServers: [...iceServers],
    iceTransportPolicy: 'relay',
  });
  const { promise, resolve } = Promise.withResolvers<'ok' | 'unreachable' | 'denied'>();
  let isDenied = false;
  const giveUp = () => resolve(isDenied ? 'denied' : 'unreachable');
  const timer = setTimeout(giveUp, ANSWER_WITHIN_MS);
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type === 'relay') resolve('ok');
    if (candidate === null) giveUp();
  });
  connection.addEventListener('icecandidateerror', ({ errorCode }) => {
    isDenied ||= DENIED.has(errorCode);
  });
  connection.createDataChannel('');
  try {
    await connection.setLocalDescription();
    return await promise;
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}
