import type { ClientFacts } from '../deps.ts';

/**
 * Clients of a Cloudflare Worker. Cloudflare itself writes the address, and replaces what a client
 * claims; nothing else can reach a Worker.
 * @param clientUrl where the app is reached; absent: wherever the request came to
 */
export function createEdgeClient(clientUrl?: string): ClientFacts {
  return {
    address: (request) => request.headers.get('cf-connecting-ip') ?? '',
    origin: (request) => clientUrl ?? new URL(request.url).origin,
  };
}
