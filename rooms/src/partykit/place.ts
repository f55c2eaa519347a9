import type * as PartyKit from 'partykit/server';
import type { Attachment, EdgeSocket } from '../edge/connection.ts';
import type { EdgePlace } from '../edge/edge-room.ts';

export type PartySocket = PartyKit.Connection<Attachment>;

/** What PartyKit gives a room. */
export function partyPlace(room: PartyKit.Room): EdgePlace {
  // Both are refused when an alarm woke the room, and for as long as it then lives.
  const name = attempt(() => room.id);
  const parties = attempt(() => room.context.parties);
  return {
    name,
    storage: room.storage,
    env: room.env,
    *sockets() {
      for (const socket of room.getConnections<Attachment>()) yield partySocket(socket);
    },
    reach(party, id) {
      const namespace = parties?.[party];
      if (namespace === undefined) return undefined;
      // The same request, typed twice: by workerd's types and by the web's.
      return (_, init) => namespace.get(id).fetch(init as never);
    },
  };
}

const known = new WeakMap<PartySocket, EdgeSocket>();

export function partySocket(socket: PartySocket): EdgeSocket {
  const there = known.get(socket);
  if (there !== undefined) return there;
  const made: EdgeSocket = {
    get readyState() {
      return socket.readyState;
    },
    get attachment() {
      // PartyKit types it as deeply immutable, which is what rooms take it for.
      return (socket.state as Attachment | null) ?? undefined;
    },
    attach: (attachment) => void socket.setState(attachment),
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
  };
  known.set(socket, made);
  return made;
}

function attempt<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
