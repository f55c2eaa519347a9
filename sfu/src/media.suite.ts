import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  MediaRefusal,
  type MediaRouter,
  type MediaTransport,
  type MediaWorker,
  type VoicePacket,
} from './media.ts';
import {
  CLIENT_CAPABILITIES,
  CLIENT_DTLS,
  cameraParameters,
  micParameters,
} from './testing/client-parameters.ts';

/** The rules of `media.ts`, for the real one and the fake. */
export function mediaSuite(name: string, startWorker: () => Promise<MediaWorker>): void {
  describe(`media: ${name}`, () => {
    let worker: MediaWorker;
    let router: MediaRouter;
    let sending: MediaTransport;
    let receiving: MediaTransport;
    beforeAll(async () => {
      worker = await startWorker();
      router = await worker.createRouter();
      sending = await router.createTransport();
      receiving = await router.createTransport();
    });
    afterAll(() => worker.close());

    const produceMic = (paused = false) =>
      sending.produce({ kind: 'audio', rtpParameters: uniqueMid(micParameters()), paused });

    test('a router knows Opus and VP8', () => {
      const codecs = JSON.stringify(router.rtpCapabilities);
      expect(codecs).toContain('audio/opus');
      expect(codecs).toContain('video/VP8');
    });

    test('a transport offers where to connect', () => {
      expect(sending.id).not.toBe(receiving.id);
      expect(sending.iceParameters['usernameFragment']).toBeTypeOf('string');
      expect(sending.iceCandidates.length).toBeGreaterThan(0);
      expect(sending.dtlsParameters).toHaveProperty('fingerprints');
    });

    test('a transport connects once', async () => {
      const transport = await router.createTransport();
      await transport.connect(CLIENT_DTLS);
      await expect(transport.connect(CLIENT_DTLS)).rejects.toMatchObject({ code: 'invalid' });
    });

    test('restarting ICE gives new parameters', async () => {
      const before = receiving.iceParameters['usernameFragment'];
      const after = await receiving.restartIce();
      expect(after['usernameFragment']).toBeTypeOf('string');
      expect(after['usernameFragment']).not.toBe(before);
    });

    test('what one produces another consumes, paused at first', async () => {
      const producer = await produceMic();
      const consumer = await receiving.consume({
        producerId: producer.id,
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      expect(consumer).toMatchObject({ producerId: producer.id, kind: 'audio' });
      expect(consumer.rtpParameters).toHaveProperty('codecs');
      await consumer.resume();
      await consumer.pause();
      await consumer.resume();
      producer.close();
    });

    test('a consumer ends with its producer', async () => {
      const producer = await produceMic();
      const consumer = await receiving.consume({
        producerId: producer.id,
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      const ended = new Promise<void>((resolve) => consumer.onEnded(resolve));
      producer.close();
      await ended;
    });

    test('a consumer ends with its transport', async () => {
      const producer = await produceMic();
      const transport = await router.createTransport();
      const consumer = await transport.consume({
        producerId: producer.id,
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      const ended = new Promise<void>((resolve) => consumer.onEnded(resolve));
      transport.close();
      await ended;
      producer.close();
    });

    test('a producer pauses and resumes', async () => {
      const producer = await produceMic(true);
      await producer.resume();
      await producer.pause();
      await router.listenTo(producer);
      producer.close();
    });

    test('an unknown producer cannot be consumed', async () => {
      const consuming = receiving.consume({
        producerId: 'nobody',
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      await expect(consuming).rejects.toBeInstanceOf(MediaRefusal);
      await expect(consuming).rejects.toMatchObject({ code: 'not_found' });
    });

    test('who knows no common codec cannot consume', async () => {
      const producer = await produceMic();
      await expect(
        receiving.consume({ producerId: producer.id, rtpCapabilities: { codecs: [] } }),
      ).rejects.toMatchObject({ code: 'not_supported' });
      producer.close();
    });

    test('a codec that the router does not know is refused', async () => {
      const codecs = [{ mimeType: 'audio/made-up', payloadType: 99, clockRate: 8000 }];
      await expect(
        sending.produce({ kind: 'audio', rtpParameters: { codecs }, paused: false }),
      ).rejects.toMatchObject({ code: 'not_supported' });
    });

    test('video goes the same way', async () => {
      const producer = await sending.produce({
        kind: 'video',
        rtpParameters: uniqueMid(cameraParameters()),
        paused: false,
      });
      const consumer = await receiving.consume({
        producerId: producer.id,
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      await consumer.setPreferredLayers({ spatialLayer: 0, temporalLayer: 0 });
      expect(consumer.kind).toBe('video');
      producer.close();
    });

    describe('what this process says', () => {
      const said = (nth: number): VoicePacket => ({
        sequence: 65_534 + nth,
        timestamp: 4_294_967_295 - 960 + nth,
        marker: nth === 0,
        dBov: -30 - nth,
        payload: new Uint8Array([nth, 2, 3]),
      });
      const words = [said(0), said(1)];
      const content = (packets: VoicePacket[]) =>
        packets.map(({ timestamp, marker, dBov, payload }) => ({
          timestamp,
          marker,
          dBov,
          payload: [...payload],
        }));

      /** Says it again and again until it is heard: ways open while one speaks. */
      const expectHeard = async (from: MediaRouter, at: MediaRouter): Promise<void> => {
        const id = crypto.randomUUID();
        const voice = await from.createVoice(id);
        if (at !== from) await Promise.all([from.bring(id, at), from.bring(id, at)]);
        const heard: VoicePacket[] = [];
        await at.read(id, (packet) => heard.push(packet));
        await vi.waitFor(
          () => {
            heard.length = 0;
            for (const word of words) voice.send(word);
            return vi.waitFor(() => expect(content(heard)).toEqual(content(words)), 300);
          },
          { timeout: 10_000, interval: 100 },
        );
        const [first, second] = heard;
        expect(((second?.sequence ?? 0) - (first?.sequence ?? 0)) & 0xffff).toBe(1);
      };

      test('is heard where it is said', () => expectHeard(router, router));

      test('is heard on another worker, once brought there', async () => {
        const other = await startWorker();
        await expectHeard(router, await other.createRouter());
        other.close();
      });

      test('can be consumed like any producer', async () => {
        const id = crypto.randomUUID();
        await router.createVoice(id);
        const consumer = await receiving.consume({
          producerId: id,
          rtpCapabilities: CLIENT_CAPABILITIES,
        });
        expect(consumer).toMatchObject({ producerId: id, kind: 'audio' });
        consumer.close();
      });
    });

    test('what is brought to another router ends there with its producer', async () => {
      const producer = await produceMic();
      const another = await startWorker();
      const other = await another.createRouter();
      await router.bring(producer.id, other);
      const transport = await other.createTransport();
      const consumer = await transport.consume({
        producerId: producer.id,
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      const ended = new Promise<void>((resolve) => consumer.onEnded(resolve));
      producer.close();
      await ended;
      const late = transport.consume({
        producerId: producer.id,
        rtpCapabilities: CLIENT_CAPABILITIES,
      });
      await expect(late).rejects.toMatchObject({ code: 'not_found' });
      await expect(router.bring(producer.id, other)).rejects.toMatchObject({ code: 'not_found' });
      another.close();
    });
  });
}

let mid = 0;
function uniqueMid<T extends { mid?: string }>(parameters: T): T {
  mid += 1;
  return { ...parameters, mid: String(mid) };
}
