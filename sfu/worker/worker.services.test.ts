import { once } from 'node:events';

import { createWorker } from 'mediasoup';
import type * as mediasoup from 'mediasoup/types';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { prepareWorker } from './prepare-worker.ts';
import { handshake, hasOpenssl } from './testing/dtls-client.ts';

// The worker that this machine really uses, over sockets on loopback. A worker that was built here
// has libsrtp 2 and Debian's OpenSSL under it, which mediasoup's own tests never see.

const BUILD_LIMIT_MS = 600_000;
const LOCALHOST = '127.0.0.1';
const AUDIO_LEVEL_ID = 10;
const SSRC = 11_111_111;

const OPUS = {
  kind: 'audio',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  preferredPayloadType: 100,
} as const satisfies mediasoup.RouterRtpCodecCapability;

const VOICE: mediasoup.RtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: AUDIO_LEVEL_ID }],
  encodings: [{ ssrc: SSRC }],
  rtcp: { cname: 'voice' },
};

let bin: string;
let worker: mediasoup.Worker;

beforeAll(async () => {
  const said: string[] = [];
  const prepared = await prepareWorker({ log: (line) => said.push(line) });
  if (!prepared.ok) throw new Error(`${said.join('\n')}\n${prepared.reason}`);
  bin = prepared.bin;
}, BUILD_LIMIT_MS);

beforeEach(async () => {
  worker = await createWorker({ workerBin: bin });
});

afterEach(async () => {
  if (worker.died) throw new Error('The worker died.');
  const ended = once(worker, 'subprocessclose');
  worker.close();
  await ended;
});

/** One 20 ms packet of a voice at -10 dBov; Opus inside is never looked at. */
function voicePacket(sequence: number): Buffer {
  const packet = Buffer.alloc(12 + 8 + 4);
  packet.set([0x90, OPUS.preferredPayloadType]);
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(sequence * 960, 4);
  packet.writeUInt32BE(SSRC, 8);
  packet.writeUInt16BE(0xbede, 12);
  packet.writeUInt16BE(1, 14);
  packet.set([AUDIO_LEVEL_ID << 4, 0x80 | 10], 16);
  packet.writeUInt32BE(sequence, 20);
  return packet;
}

async function speak(producer: mediasoup.Producer, packets: number): Promise<void> {
  for (let sequence = 1; sequence <= packets; sequence += 1) {
    producer.send(voicePacket(sequence));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function produceVoice(router: mediasoup.Router): Promise<mediasoup.Producer> {
  const direct = await router.createDirectTransport();
  return direct.produce({ kind: 'audio', rtpParameters: VOICE });
}

/** The payloads that somebody in this router hears of a producer. */
async function listen(router: mediasoup.Router, producerId: string): Promise<number[]> {
  const direct = await router.createDirectTransport();
  const { rtpCapabilities } = router;
  const consumer = await direct.consume({ producerId, rtpCapabilities });
  const heard: number[] = [];
  consumer.on('rtp', (packet) => heard.push(packet.readUInt32BE(packet.length - 4)));
  return heard;
}

test('a call: one port for all over UDP and TCP, and who speaks is heard of', async () => {
  const server = await worker.createWebRtcServer({
    listenInfos: [
      { protocol: 'udp', ip: LOCALHOST },
      { protocol: 'tcp', ip: LOCALHOST },
    ],
  });
  const router = await worker.createRouter({ mediaCodecs: [OPUS] });
  const transport = await router.createWebRtcTransport({
    webRtcServer: server,
    enableUdp: true,
    enableTcp: true,
  });
  expect(transport.iceCandidates.map((candidate) => candidate.protocol)).toEqual(['udp', 'tcp']);

  const observer = await router.createAudioLevelObserver({ interval: 300, threshold: -60 });
  const producer = await produceVoice(router);
  await observer.addProducer({ producerId: producer.id });
  const volumes = new Promise<mediasoup.AudioLevelObserverVolume[]>((resolve) => {
    observer.once('volumes', resolve);
  });
  await speak(producer, 30);

  expect(await volumes).toMatchObject([{ producer: { id: producer.id }, volume: -10 }]);
});

describe('what is encrypted here is decrypted there', () => {
  test.each<mediasoup.SrtpCryptoSuite>([
    'AEAD_AES_256_GCM',
    'AEAD_AES_128_GCM',
    'AES_CM_128_HMAC_SHA1_80',
    'AES_CM_128_HMAC_SHA1_32',
  ])('%s', async (srtpCryptoSuite) => {
    const here = await worker.createRouter({ mediaCodecs: [OPUS] });
    const there = await worker.createRouter({ mediaCodecs: [OPUS] });
    const options: mediasoup.PlainTransportOptions = {
      listenInfo: { protocol: 'udp', ip: LOCALHOST },
      enableSrtp: true,
      srtpCryptoSuite,
    };
    const from = await here.createPlainTransport(options);
    const to = await there.createPlainTransport(options);
    await connect(from, to);
    await connect(to, from);

    const voice = await produceVoice(here);
    const { rtpCapabilities } = here;
    const sent = await from.consume({ producerId: voice.id, rtpCapabilities });
    const { id } = await to.produce({ kind: 'audio', rtpParameters: sent.rtpParameters });
    const heard = await listen(there, id);
    await speak(voice, 10);

    await expect.poll(() => heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  async function connect(
    one: mediasoup.PlainTransport,
    other: mediasoup.PlainTransport,
  ): Promise<void> {
    const { localIp, localPort } = other.tuple;
    const { srtpParameters } = other;
    await one.connect({ ip: localIp ?? LOCALHOST, port: localPort, srtpParameters });
  }
});

test('a large call spans workers through an encrypted pipe', async () => {
  const anotherWorker = await createWorker({ workerBin: bin });
  const here = await worker.createRouter({ mediaCodecs: [OPUS] });
  const there = await anotherWorker.createRouter({ mediaCodecs: [OPUS] });
  const voice = await produceVoice(here);
  await here.pipeToRouter({ producerId: voice.id, router: there, enableSrtp: true });
  const heard = await listen(there, voice.id);
  await speak(voice, 5);

  await expect.poll(() => heard).toEqual([1, 2, 3, 4, 5]);
  anotherWorker.close();
});

// The openssl command is the other side of the handshake; Debian has it wherever it has TLS.
test.skipIf(!hasOpenssl)('a DTLS handshake succeeds, and the worker survives it', async () => {
  const router = await worker.createRouter({ mediaCodecs: [OPUS] });
  const transport = await router.createWebRtcTransport({
    listenInfos: [{ protocol: 'udp', ip: LOCALHOST }],
  });

  await handshake(transport);

  expect(transport.dtlsState).toBe('connected');
});
