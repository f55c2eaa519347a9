import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { observer, type types } from 'mediasoup';
import { readVoicePacket, writeVoicePacket } from '../mediasoup/voice-packet.ts';
import type { RtpParameters } from '../rtp.ts';

/*
 * People without browsers: their transports carry bare RTP, and go to where the first packet came
 * from.
 */

const OPUS = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 111 };
const LEVEL_ID = 10;
const LEVEL = { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: LEVEL_ID } as const;

/** From now on calls of this process give such transports; their port is `iceParameters.port`. */
export function useBareTransports(): void {
  observer.on('newworker', (worker) => {
    worker.observer.on('newrouter', (router) => {
      Object.assign(router, { createWebRtcTransport: async () => standIn(await open(router)) });
    });
  });
}

function open(router: types.Router): Promise<types.PlainTransport> {
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
  return router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
}

function standIn(plain: types.PlainTransport) {
  return {
    id: plain.id,
    iceParameters: { port: plain.tuple.localPort },
    iceCandidates: [],
    dtlsParameters: {},
    produce: plain.produce.bind(plain),
    consume: plain.consume.bind(plain),
    close: () => plain.close(),
  };
}

/** Says numbered packets. */
export class Speaker {
  readonly ssrc: number;
  readonly rtpParameters: RtpParameters;
  /** Packets so far. */
  said = 0;
  readonly #socket = createSocket('udp4');
  readonly #name: number;
  #port = 0;
  constructor(name: number) {
    this.#name = name;
    this.ssrc = 5_000 + name;
    this.rtpParameters = {
      mid: '0',
      codecs: [OPUS],
      headerExtensions: [LEVEL],
      encodings: [{ ssrc: this.ssrc, dtx: true }],
    };
  }

  to(port: number): void {
    this.#port = port;
  }

  /** 20 ms; in silence nothing is sent, but time goes by. */
  say(dBov: number, clock: number): void {
    const nth = this.said;
    this.said += 1;
    const payload = Uint8Array.from([this.#name, nth >> 8, nth & 0xff]);
    const voice = {
      sequence: nth & 0xffff,
      timestamp: clock * 960,
      marker: nth === 0,
      dBov,
      payload,
    };
    const stream = { ssrc: this.ssrc, payloadType: OPUS.payloadType, levelId: LEVEL_ID };
    this.#socket.send(writeVoicePacket(voice, stream), this.#port, '127.0.0.1');
  }

  close(): void {
    this.#socket.close();
  }
}

export interface Heard {
  ssrc: number;
  sequence: number;
  timestamp: number;
  /** Who said it, and which of their packets it is. */
  speaker: number;
  nth: number;
}

/** Receives what a transport sends. */
export class Listener {
  readonly heard: Heard[] = [];
  readonly #socket: Socket = createSocket('udp4');
  constructor() {
    this.#socket.on('message', (bytes) => {
      const packet = readVoicePacket(bytes, LEVEL_ID);
      const isRtcp = bytes.readUInt8(1) >= 192 && bytes.readUInt8(1) <= 223;
      if (packet === undefined || isRtcp) return;
      const { sequence, timestamp, payload } = packet;
      const [speaker = 0, high = 0, low = 0] = payload;
      const nth = high * 256 + low;
      this.heard.push({ ssrc: bytes.readUInt32BE(8), sequence, timestamp, speaker, nth });
    });
  }

  async open(port: number): Promise<void> {
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    // An empty receiver report shows where it is.
    this.#socket.send(Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1]), port, '127.0.0.1');
  }

  close(): void {
    this.#socket.close();
  }
}
