import type { MediaTransport } from '../media.ts';
import type { Consumed, Peer, Produced } from '../peer.ts';
import { Refusal } from '../refusal.ts';

/* What a request names must be the asker's own; another's is as unknown as one that never was. */

export function ownTransport(peer: Peer, id: string): MediaTransport {
  return peer.transport(id) ?? unknown('transport');
}

export function ownProducer(peer: Peer, id: string): Produced {
  return peer.producers.get(id) ?? unknown('producer');
}

export function ownConsumer(peer: Peer, id: string): Consumed {
  return peer.consumers.get(id) ?? unknown('consumer');
}

function unknown(noun: string): never {
  throw new Refusal('not_found', `There is no such ${noun}.`);
}
