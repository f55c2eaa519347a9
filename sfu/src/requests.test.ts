import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cameraParameters,
  CLIENT_CAPABILITIES,
  CLIENT_DTLS,
  micParameters,
} from './testing/client-parameters.ts';
import { bits, CallBench, SERVER, type Client } from './testing/call-bench.ts';

let bench: CallBench;
let anna: Client;
let ben: Client;
beforeEach(async () => {
  bench = await CallBench.open();
  anna = await bench.join('anna');
  ben = await bench.join('ben');
});
afterEach(() => bench.close());

const sendTransport = async (client: Client): Promise<string> =>
  (await client.request('createTransport', { direction: 'send' })).id;

describe('speaking and hearing', () => {
  test('what one sends the other is told of and can receive', async () => {
    const producerId = await anna.speak();
    expect(ben.heard('newProducer')).toEqual([
      {
        peerId: anna.peerId,
        producer: { id: producerId, kind: 'audio', source: 'mic', paused: false },
      },
    ]);

    const consumer = await ben.listen(producerId);
    expect(consumer).toMatchObject({ producerId, peerId: anna.peerId, source: 'mic' });
    expect(await ben.request('resumeConsumer', { consumerId: consumer.id })).toEqual({});
    const layers = { consumerId: consumer.id, spatialLayer: 0 };
    expect(await ben.request('setPreferredLayers', layers)).toEqual({});
  });

  test('asked again for the same sender, the older consumer ends', async () => {
    const producerId = await anna.speak();
    const first = await ben.listen(producerId);
    await ben.request('consume', { producerId, rtpCapabilities: CLIENT_CAPABILITIES });

    expect(await ben.refused('resumeConsumer', { consumerId: first.id })).toBe('not_found');
  });

  test('a producer that ends is told, and its consumers are gone', async () => {
    const producerId = await anna.speak();
    const consumer = await ben.listen(producerId);
    await anna.request('closeProducer', { producerId });

    expect(ben.heard('producerClosed')).toEqual([{ peerId: anna.peerId, producerId }]);
    expect(await ben.refused('resumeConsumer', { consumerId: consumer.id })).toBe('not_found');
  });

  test('a pause is told', async () => {
    const producerId = await anna.speak();
    await anna.request('pauseProducer', { producerId });
    await anna.request('resumeProducer', { producerId });

    expect(ben.heard('producerPaused').map(({ paused }) => paused)).toEqual([true, false]);
  });

  test('a second transport in one direction replaces the first', async () => {
    const producerId = await anna.speak();
    await sendTransport(anna);

    expect(ben.heard('producerClosed')).toEqual([{ peerId: anna.peerId, producerId }]);
    expect(bench.router.transports.map(({ closed }) => closed)).toEqual([true, false]);
  });

  test('ICE restarts on a transport of one’s own', async () => {
    const transportId = await sendTransport(anna);
    expect(await anna.request('restartIce', { transportId })).toHaveProperty('iceParameters');
    expect(await ben.refused('restartIce', { transportId })).toBe('not_found');
  });
});

describe('muting', () => {
  test('the others are told, and nothing more is heard', async () => {
    const producerId = await anna.speak();
    await anna.request('setState', { muted: true, deafened: false });

    expect(ben.heard('peerState')).toMatchObject([
      { peerId: anna.peerId, muted: true, deafened: false },
    ]);
    expect(bench.router.producers.get(producerId)?.paused).toBe(true);
    await anna.request('resumeProducer', { producerId });
    expect(bench.router.producers.get(producerId)?.paused).toBe(true);

    await anna.request('setState', { muted: false, deafened: false });
    expect(bench.router.producers.get(producerId)?.paused).toBe(false);
  });

  test('a microphone that starts while muted is not heard', async () => {
    await anna.request('setState', { muted: true, deafened: true });
    const producerId = await anna.speak();

    expect(ben.heard('newProducer')[0]?.producer.paused).toBe(true);
    expect(bench.router.producers.get(producerId)?.paused).toBe(true);
  });

  test('who joins later sees it', async () => {
    await anna.request('setState', { muted: true, deafened: true });
    const carla = await bench.join('carla');

    expect(carla.heard('welcome')[0]?.peers[0]).toMatchObject({ muted: true, deafened: true });
  });
});

describe('deafening', () => {
  const forwarded = (): boolean[] => bench.router.consumers.map(({ paused }) => !paused);

  test('nothing is sent to who does not want to hear, whatever they resume', async () => {
    const consumer = await ben.listen(await anna.speak());
    await ben.request('resumeConsumer', { consumerId: consumer.id });
    expect(forwarded()).toEqual([true]);

    await ben.request('setState', { muted: true, deafened: true });
    expect(forwarded()).toEqual([false]);
    await ben.request('resumeConsumer', { consumerId: consumer.id });
    expect(forwarded()).toEqual([false]);

    await ben.request('setState', { muted: false, deafened: false });
    expect(forwarded()).toEqual([true]);
  });

  test('what was not wanted before is not sent after', async () => {
    await ben.listen(await anna.speak());
    await ben.request('setState', { muted: true, deafened: true });
    await ben.request('setState', { muted: false, deafened: false });
    expect(forwarded()).toEqual([false]);
  });

  test('pictures go on', async () => {
    const transportId = await sendTransport(anna);
    const rtpParameters = cameraParameters();
    const video = { transportId, kind: 'video', source: 'screen', rtpParameters };
    const { producerId } = await anna.request('produce', video);
    const consumer = await ben.listen(producerId);
    await ben.request('resumeConsumer', { consumerId: consumer.id });
    await ben.request('setState', { muted: true, deafened: true });
    expect(forwarded()).toEqual([true]);
  });
});

test('a tile that is not seen costs nothing until it is', async () => {
  const { id: consumerId } = await ben.listen(await anna.speak());
  const isSent = (): boolean => bench.router.consumers.every(({ paused }) => !paused);
  await ben.request('resumeConsumer', { consumerId });
  expect(isSent()).toBe(true);
  await ben.request('pauseConsumer', { consumerId });
  expect(isSent()).toBe(false);
  await ben.request('resumeConsumer', { consumerId });
  expect(isSent()).toBe(true);
  expect(await anna.refused('pauseConsumer', { consumerId })).toBe('not_found');
});

describe('permissions', () => {
  test('who may not speak is told, and listens only', async () => {
    const carla = await bench.join('carla', { permissions: bits('VIEW_CHANNEL', 'CONNECT') });
    const transportId = await sendTransport(carla);

    expect(carla.heard('welcome')[0]?.canSpeak).toBe(false);
    for (const source of ['mic', 'screenAudio']) {
      const data = { transportId, kind: 'audio', source, rtpParameters: micParameters() };
      expect(await carla.refused('produce', data)).toBe('missing_permission');
    }
    expect(await carla.listen(await anna.speak())).toHaveProperty('id');
    expect(anna.heard('newProducer')).toEqual([]);
  });

  test('who may not stream shows neither camera nor screen', async () => {
    const carla = await bench.join('carla', { permissions: bits('CONNECT', 'SPEAK') });
    const transportId = await sendTransport(carla);

    for (const source of ['camera', 'screen']) {
      const data = { transportId, kind: 'video', source, rtpParameters: cameraParameters() };
      expect(await carla.refused('produce', data)).toBe('missing_permission');
    }
  });
});

describe('what is refused, with its code', () => {
  test('a method that there is not', async () => {
    expect(await anna.refused('sing')).toBe('unknown_method');
    expect(await anna.refused('toString')).toBe('unknown_method');
    expect(await anna.refused('__proto__')).toBe('unknown_method');
  });

  test('data of another shape', async () => {
    expect(await anna.refused('createTransport', { direction: 'up' })).toBe('invalid');
    expect(await anna.refused('setState', { muted: 'yes' })).toBe('invalid');
  });

  test('ids that are nobody’s or another’s', async () => {
    const producerId = await anna.speak();
    const { id: consumerId } = await ben.listen(producerId);

    expect(await ben.refused('pauseProducer', { producerId })).toBe('not_found');
    expect(await ben.refused('closeProducer', { producerId })).toBe('not_found');
    expect(await anna.refused('resumeConsumer', { consumerId })).toBe('not_found');
    expect(await anna.refused('consume', consuming('nobody'))).toBe('not_found');
  });

  test('a sender in another call', async () => {
    const carla = await bench.join('carla', { channelId: SERVER });
    await carla.request('createTransport', { direction: 'recv' });

    expect(await carla.refused('consume', consuming(await anna.speak()))).toBe('not_found');
  });

  test('oneself', async () => {
    expect(await anna.refused('consume', consuming(await anna.speak()))).toBe('not_found');
  });

  test('receiving without a transport to receive on', async () => {
    expect(await ben.refused('consume', consuming(await anna.speak()))).toBe('invalid');
  });

  test('a client that knows none of the codecs', async () => {
    const producerId = await anna.speak();
    await ben.request('createTransport', { direction: 'recv' });
    const data = { producerId, rtpCapabilities: { codecs: [] } };

    expect(await ben.refused('consume', data)).toBe('not_supported');
  });

  test('sending on the transport that receives', async () => {
    const { id } = await anna.request('createTransport', { direction: 'recv' });
    expect(await anna.refused('produce', producing(id))).toBe('invalid');
  });

  test('a second microphone', async () => {
    const transportId = await sendTransport(anna);
    await anna.produce(transportId, 'mic');

    expect(await anna.refused('produce', producing(transportId))).toBe('limit_reached');
    expect(await anna.produce(transportId, 'screenAudio')).toBeTypeOf('string');
  });

  test('video that calls itself a microphone', async () => {
    const transportId = await sendTransport(anna);
    const rtpParameters = cameraParameters();
    const video = { transportId, kind: 'video', source: 'mic', rtpParameters };
    const audio = { transportId, kind: 'audio', source: 'mic', rtpParameters };

    expect(await anna.refused('produce', video)).toBe('invalid');
    expect(await anna.refused('produce', audio)).toBe('invalid');
  });

  test('connecting twice', async () => {
    const transportId = await sendTransport(anna);
    const data = { transportId, dtlsParameters: CLIENT_DTLS };
    await anna.request('connectTransport', data);

    expect(await anna.refused('connectTransport', data)).toBe('invalid');
  });

  test('parameters that would make mediasoup stumble', async () => {
    const transportId = await sendTransport(anna);
    const fingerprints = [{ algorithm: 'sha-256', value: null }];
    const dtls = { transportId, dtlsParameters: { role: 'client', fingerprints } };
    expect(await anna.refused('connectTransport', dtls)).toBe('invalid');

    for (const changes of [
      { codecs: [] },
      { codecs: [{ ...micParameters().codecs[0], payloadType: 1e9 }] },
      { headerExtensions: [{ uri: 'urn:made-up', id: 1 }] },
      { encodings: [{ ssrc: -1 }] },
      { encodings: [{ ssrc: 1, maxBitrate: 1.5 }] },
      { rtcp: { cname: 7 } },
    ]) {
      const rtpParameters = { ...micParameters(), ...changes };
      expect(await anna.refused('produce', { ...producing(transportId), rtpParameters })).toBe(
        'invalid',
      );
    }
  });

  function consuming(producerId: string): object {
    return { producerId, rtpCapabilities: CLIENT_CAPABILITIES };
  }
  function producing(transportId: string): object {
    return { transportId, kind: 'audio', source: 'mic', rtpParameters: micParameters() };
  }
});
