import type { ServerProcess } from './server-process.ts';
import { Socket } from './socket.ts';
import { isMessage } from './speech.ts';

/** What a room says that is no message, as far as measurements look at it. */
export interface Event {
  type: string;
  seq: number;
  ticket: string;
}

export interface Listener {
  /** The bytes are used again once the call is over. */
  onMessage?(bytes: Buffer, start: number, end: number): void;
  onEvent?(event: Event): void;
  onEnd?(): void;
  /** Whatever comes, by its length. */
  onText?(bytes: number): void;
}

/** Resolves when the room has let the member in; the bare loop lets anyone in who shakes hands. */
export async function enter(
  { name, port }: Pick<ServerProcess, 'name' | 'port'>,
  path: string,
  { onMessage, onEvent, onEnd, onText }: Listener = {},
): Promise<Socket> {
  let letIn = () => {};
  const heard = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  const socket = await Socket.connect({
    port,
    path,
    onEnd,
    onText(bytes, start, end) {
      onText?.(end - start);
      if (isMessage(bytes, start)) return onMessage?.(bytes, start, end);
      const event: Event = JSON.parse(bytes.toString('utf8', start, end));
      onEvent?.(event);
      if (event.type === 'ready' || event.type === 'resumed') letIn();
    },
  });
  if (name === 'rooms-server') await heard;
  return socket;
}
