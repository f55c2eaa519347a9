import type { types } from 'mediasoup';
import {
  MediaRefusal,
  type MediaConsumer,
  type MediaProducer,
  type MediaTransport,
} from '../media.ts';

export function wrapTransport(transport: types.WebRtcTransport): MediaTransport {
  let connected = false;
  return {
    id: transport.id,
    iceParameters: { ...transport.iceParameters },
    iceCandidates: transport.iceCandidates.map((candidate) => ({ ...candidate })),
    dtlsParameters: { ...transport.dtlsParameters },
    async connect(dtlsParameters) {
      if (connected) throw new MediaRefusal('invalid', 'The transport is connected already.');
      connected = true;
      await refusing(transport.connect({ dtlsParameters }));
    },
    async restartIce() {
      return { ...(await refusing(transport.restartIce())) };
    },
    async produce(options) {
      return wrapProducer(await refusing(transport.produce(options)));
    },
    async consume(options) {
      return wrapConsumer(await refusing(transport.consume({ ...options, paused: true })));
    },
    close() {
      transport.close();
    },
  };
}

function wrapProducer(producer: types.Producer): MediaProducer {
  return {
    id: producer.id,
    kind: producer.kind,
    pause: () => producer.pause(),
    resume: () => producer.resume(),
    close: () => producer.close(),
  };
}

function wrapConsumer(consumer: types.Consumer): MediaConsumer {
  return {
    id: consumer.id,
    producerId: consumer.producerId,
    kind: consumer.kind,
    rtpParameters: { ...consumer.rtpParameters },
    pause: () => consumer.pause(),
    resume: () => consumer.resume(),
    setPreferredLayers: (layers) => refusing(consumer.setPreferredLayers(layers)),
    onEnded(listener) {
      consumer.once('producerclose', listener);
      consumer.once('transportclose', listener);
    },
    close: () => consumer.close(),
  };
}

/** mediasoup's own words for what the client got wrong become refusals; the rest stays an error. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    switch (cause.name) {
      case 'TypeError':
      // The worker's answer to this one request, such as an SSRC that is in use.
      case 'Error':
        throw new MediaRefusal('invalid', cause.message, cause);
      case 'UnsupportedError':
        throw new MediaRefusal('not_supported', cause.message, cause);
      // It ended while the worker was asked.
      case 'InvalidStateError':
      case 'NotFoundError':
        throw new MediaRefusal('not_found', cause.message, cause);
      default:
        throw cause;
    }
  }
}
