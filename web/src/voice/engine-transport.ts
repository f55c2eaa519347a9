import type { Device, types } from 'mediasoup-client';
import type { ShareSource } from './call-state.ts';
import type { MediaStart } from './media.ts';
import type { Request } from './signalling.ts';

/** Packets that do not get through by then will not, in milliseconds. */
const CONNECT_WITHIN_MS = 12_000;
/** A network that stutters is often back by itself, in milliseconds. */
const RESTART_AFTER_MS = 1_000;
/** And when a restarted ICE does not help either, in milliseconds. */
const FAIL_AFTER_MS = 8_000;

/** What a producer carries is known to it alone while it is offered. */
export interface SentAs extends types.AppData {
  source: 'mic' | ShareSource;
}

/** One direction of a call's packets. */
export interface Transport {
  packets: types.Transport;
  /** Finds another way, if there is none at the moment or the network is said to be another. */
  mend(isOtherNetwork: boolean): void;
}

export async function openTransport(
  direction: 'send' | 'recv',
  device: Device,
  start: MediaStart,
): Promise<Transport> {
  const { request, welcome, hooks } = start;
  const given = await request('createTransport', { direction });
  // The contract leaves mediasoup's own shapes to mediasoup.
  const options = { ...given, iceServers: welcome.iceServers } as types.TransportOptions;
  const transport =
    direction === 'send'
      ? device.createSendTransport(options)
      : device.createRecvTransport(options);

  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    void tell(
      request('connectTransport', { transportId: transport.id, dtlsParameters }),
      done,
      failed,
    );
  });
  transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
    const asked = {
      transportId: transport.id,
      kind,
      source: (appData as SentAs).source, // It is given with each `produce`.
      rtpParameters: { ...rtpParameters },
    };
    void tell(request('produce', asked), ({ producerId }) => done({ id: producerId }), failed);
  });
  return { packets: transport, mend: createMender(transport, request, hooks.onFailed) };
}

/** Resolves when packets get through. */
export function connected(transport: types.Transport): Promise<void> {
  if (transport.connectionState === 'connected') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no packet got through')), CONNECT_WITHIN_MS);
    transport.on('connectionstatechange', (state) => {
      if (state !== 'connected') return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** mediasoup-client takes answers by callback. */
async function tell<Answer>(
  asked: Promise<Answer>,
  done: (answer: Answer) => void,
  failed: (problem: Error) => void,
): Promise<void> {
  try {
    done(await asked);
  } catch (problem) {
    failed(problem instanceof Error ? problem : new Error(String(problem)));
  }
}

/** Packets stopped: the address may have changed, so ICE starts anew; then the whole call does. */
function createMender(
  transport: types.Transport,
  request: Request,
  onFailed: () => void,
): Transport['mend'] {
  let timers: ReturnType<typeof setTimeout>[] = [];
  let isRestarting = false;

  async function restart(): Promise<void> {
    if (isRestarting) return;
    isRestarting = true;
    try {
      const answer = await request('restartIce', { transportId: transport.id });
      await transport.updateIceServers({ iceServers: answer.iceServers });
      // The contract leaves mediasoup's own shapes to mediasoup.
      await transport.restartIce({ iceParameters: answer.iceParameters as types.IceParameters });
    } catch {
      // The call is over, or starts anew.
    } finally {
      isRestarting = false;
    }
  }

  function clear(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  }

  function begin(afterMs: number): void {
    clear();
    timers = [setTimeout(() => void restart(), afterMs), setTimeout(onFailed, FAIL_AFTER_MS)];
  }

  transport.on('connectionstatechange', (state) => {
    clear();
    if (state === 'disconnected') begin(RESTART_AFTER_MS);
    else if (state === 'failed') begin(0);
  });

  return (isOtherNetwork) => {
    const { connectionState: state } = transport;
    if (state === 'disconnected' || state === 'failed') begin(0);
    else if (state === 'connected' && isOtherNetwork) void restart();
  };
}
