import type { Device, types } from 'mediasoup-client';
import type { Layers, Media } from './media.ts';
import type { Request } from './signalling.ts';
import type { Speakers } from './speakers.ts';

interface ReceiverOptions {
  device: Device;
  transport: types.Transport;
  request: Request;
  speakers: Speakers;
}

interface Receiver extends Pick<
  Media,
  'receive' | 'setGain' | 'forget' | 'watch' | 'unwatch' | 'setLayers'
> {
  /** By producer. */
  readonly consumers: ReadonlyMap<string, types.Consumer>;
  close(): void;
}

/** The others' voices and pictures, by one transport. */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { device, transport, request, speakers } = options;
  const consumers = new Map<string, types.Consumer>();
  /** A film's sound is worth leaving out while nobody listens; a voice must be there at once. */
  const unhurried = new Set<string>();
  /** Of what is heard, by producer. */
  const gains = new Map<string, number>();
  /** Pictures that are looked at, by producer. */
  const watched = new Set<string>();
  const layers = new Map<string, Layers>();
  /** A consume that is under way: two of one producer would end each other. */
  const coming = new Map<string, Promise<types.Consumer>>();

  function consume(producerId: string): Promise<types.Consumer> {
    const there = consumers.get(producerId);
    if (there !== undefined) return Promise.resolve(there);
    const consuming = coming.get(producerId) ?? fetchConsumer(producerId);
    coming.set(producerId, consuming);
    return consuming;
  }

  async function fetchConsumer(producerId: string): Promise<types.Consumer> {
    try {
      const answer = await request('consume', {
        producerId,
        rtpCapabilities: device.recvRtpCapabilities,
      });
      const consumer = await transport.consume({
        id: answer.id,
        producerId,
        kind: answer.kind,
        // The router made them for this device's capabilities.
        rtpParameters: answer.rtpParameters as types.RtpParameters,
        streamId: streamOf(producerId, answer),
      });
      if (answer.source === 'screenAudio') unhurried.add(producerId);
      if (isWanted(producerId)) consumers.set(producerId, consumer);
      else consumer.close();
      return consumer;
    } finally {
      coming.delete(producerId);
    }
  }

  const isWanted = (producerId: string) => gains.has(producerId) || watched.has(producerId);

  /** The sfu sends it, or does not. */
  async function setFlowing(consumer: types.Consumer, isFlowing: boolean): Promise<void> {
    if (isFlowing) consumer.resume();
    else consumer.pause();
    await request(isFlowing ? 'resumeConsumer' : 'pauseConsumer', { consumerId: consumer.id });
  }

  function setFlowingSoon(consumer: types.Consumer, isFlowing: boolean): void {
    setFlowing(consumer, isFlowing).catch(() => {
      // Of a consumer that ended meanwhile.
    });
  }

  function tellLayers(producerId: string): void {
    const wanted = layers.get(producerId);
    const consumer = consumers.get(producerId);
    if (wanted === undefined || consumer === undefined) return;
    request('setPreferredLayers', { consumerId: consumer.id, ...wanted }).catch(() => {
      // Of a consumer that ended meanwhile.
    });
  }

  return {
    consumers,
    async receive(producerId, gain) {
      gains.set(producerId, gain);
      const consumer = await consume(producerId);
      if (consumer.closed) return;
      const wanted = gains.get(producerId) ?? gain;
      speakers.add(producerId, consumer.track, wanted);
      if (wanted > 0 || !unhurried.has(producerId)) await setFlowing(consumer, true);
    },
    setGain(producerId, gain) {
      const before = gains.get(producerId) ?? 0;
      gains.set(producerId, gain);
      speakers.setGain(producerId, gain);
      const consumer = consumers.get(producerId);
      if (consumer === undefined || !unhurried.has(producerId)) return;
      if (before > 0 !== gain > 0) setFlowingSoon(consumer, gain > 0);
    },
    async watch(producerId) {
      watched.add(producerId);
      const consumer = await consume(producerId);
      if (consumer.closed) throw new Error('it is not shared any more');
      tellLayers(producerId);
      if (watched.has(producerId)) await setFlowing(consumer, true);
      return consumer.track;
    },
    unwatch(producerId) {
      const consumer = consumers.get(producerId);
      if (!watched.delete(producerId) || consumer === undefined) return;
      setFlowingSoon(consumer, false);
    },
    setLayers(producerId, wanted) {
      layers.set(producerId, wanted);
      tellLayers(producerId);
    },
    forget(producerId) {
      gains.delete(producerId);
      watched.delete(producerId);
      layers.delete(producerId);
      unhurried.delete(producerId);
      consumers.get(producerId)?.close();
      consumers.delete(producerId);
      speakers.remove(producerId);
    },
    close() {
      gains.clear();
      watched.clear();
      transport.close();
    },
  };
}

/** Each in a stream of its own: in one stream a voice would wait for whatever arrives later. */
function streamOf(producerId: string, answer: { peerId: string | null; source: string }): string {
  return answer.source === 'mic' ? (answer.peerId ?? producerId) : producerId;
}
