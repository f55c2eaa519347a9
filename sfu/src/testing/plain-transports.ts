import { observer, type types } from 'mediasoup';

/** One for all who are not browsers: what they send and hear is encrypted, and no secret. */
const HEADLESS_KEY = Buffer.alloc(44, 7).toString('base64');
const SUITE = 'AEAD_AES_256_GCM';

/** Where the media of somebody who is not a browser goes, as `connectTransport` takes it. */
export function headlessDtls(port: number) {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt16BE(port);
  const value = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  return { role: 'client' as const, fingerprints: [{ algorithm: 'sha-256' as const, value }] };
}

/** How to reach such a transport. */
export interface PlainAddress {
  port: number;
  /** Of what one sends, and of what comes back. */
  sendKey: string;
  receiveKey: string;
}

export async function openPlain(router: types.Router): Promise<types.PlainTransport> {
  return router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    enableSrtp: true,
    srtpCryptoSuite: SUITE,
  });
}

export async function connectPlain(plain: types.PlainTransport, port: number): Promise<void> {
  const srtpParameters = { cryptoSuite: SUITE, keyBase64: HEADLESS_KEY } as const;
  await plain.connect({ ip: '127.0.0.1', port, srtpParameters });
}

export function addressOf(plain: types.PlainTransport): PlainAddress {
  return {
    port: plain.tuple.localPort,
    sendKey: HEADLESS_KEY,
    receiveKey: plain.srtpParameters?.keyBase64 ?? '',
  };
}

/**
 * From now on calls of this process give transports without ICE and DTLS, which only browsers speak.
 * SRTP stays. `iceParameters` are then a PlainAddress, and `dtlsParameters` of the client those of
 * `headlessDtls`.
 */
export function usePlainTransports(): void {
  observer.on('newworker', (worker) => {
    worker.observer.on('newrouter', (router) => {
      const createWebRtcTransport = async () => standIn(await openPlain(router));
      Object.assign(router, { createWebRtcTransport });
    });
  });
}

/** As much of a WebRtcTransport as the adapter touches. */
function standIn(plain: types.PlainTransport) {
  return {
    id: plain.id,
    iceParameters: addressOf(plain),
    iceCandidates: [],
    dtlsParameters: headlessDtls(plain.tuple.localPort),
    connect({ dtlsParameters }: { dtlsParameters: ReturnType<typeof headlessDtls> }) {
      const [print] = dtlsParameters.fingerprints;
      return connectPlain(
        plain,
        Number.parseInt(print?.value.replaceAll(':', '').slice(0, 4) ?? '', 16),
      );
    },
    restartIce: () => Promise.resolve(addressOf(plain)),
    produce: plain.produce.bind(plain),
    consume: plain.consume.bind(plain),
    close: () => plain.close(),
  };
}
