/** What a PGlite thread is started with. */
export interface ThreadData {
  folder: string;
}

/** Asked of the thread; each is answered once, in order. */
export type ToThread =
  | { id: number; kind: 'begin' }
  | { id: number; kind: 'exchange'; messages: Uint8Array<ArrayBuffer> }
  | { id: number; kind: 'close' };

/** The thread's answer; id 0 says that it is ready. */
export interface FromThread {
  id: number;
  answer?: Uint8Array<ArrayBuffer> | undefined;
  error?: string;
}
