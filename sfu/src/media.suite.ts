import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MediaRefusal, type MediaRouter, type MediaTransport, type MediaWorker } from './media.ts';
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
  });
}

let mid = 0;
function uniqueMid<T extends { mid?: string }>(parameters: T): T {
  mid += 1;
  return { ...parameters, mid: String(mid) };
}
