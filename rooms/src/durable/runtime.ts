import type { DurableStorage } from '../edge/storage.ts';

/**
 * What Cloudflare gives a Durable Object, as far as rooms use it
 * (https://developers.cloudflare.com/durable-objects/api/).
 */
export interface DurableState {
  readonly id: { readonly name?: string };
  readonly storage: DurableStorage;
  /** The socket is Cloudflare's from here on: it stays while the object sleeps. */
  acceptWebSocket(socket: DurableSocket): void;
  /** Also those that are closing. */
  getWebSockets(): DurableSocket[];
  /** Frames of just this text are answered without waking the object. */
  setWebSocketAutoResponse(pair: object): void;
  getWebSocketAutoResponseTimestamp(socket: DurableSocket): Date | null;
}

export interface DurableSocket {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  serializeAttachment(value: unknown): void;
  deserializeAttachment(): unknown;
}

/** The objects of one class, each by its name. */
export interface DurableNamespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(request: Request): Promise<Response> };
}

/** Globals of workerd that the web does not have. */
declare global {
  var WebSocketPair: new () => { 0: object; 1: DurableSocket };
  var WebSocketRequestResponsePair: new (request: string, response: string) => object;
}
