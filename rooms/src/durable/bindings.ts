import type { DurableNamespace } from './runtime.ts';

/** What rooms/wrangler.toml gives: a class of objects for each kind of room, and text. */
export interface Bindings {
  MAIN: DurableNamespace;
  SERVER: DurableNamespace;
  USER: DurableNamespace;
}

/** The one object that is this room, wherever on earth it runs. */
export function objectOf(bindings: Bindings, party: string, id: string) {
  const namespace = namespaceOf(bindings, party);
  return namespace?.get(namespace.idFromName(id));
}

function namespaceOf(bindings: Bindings, party: string): DurableNamespace | undefined {
  switch (party) {
    case 'main':
      return bindings.MAIN;
    case 'server':
      return bindings.SERVER;
    case 'user':
      return bindings.USER;
    default:
      return undefined;
  }
}
