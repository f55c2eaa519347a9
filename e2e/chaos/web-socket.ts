import { WebSocket } from 'ws';

/** Connected, or trying to, by the user name in the address. */
const open = new Map<string, HeldSocket>();

/** In the place of a browser's: one whose reading can be held up. */
class HeldSocket extends WebSocket {
  constructor(address: string | URL) {
    const url = new URL(address);
    const { username } = url;
    url.username = '';
    super(url, { perMessageDeflate: false });
    // Told again by 'close'; without a listener it would end the process.
    this.on('error', () => {});
    open.set(username, this);
    this.on('close', () => {
      if (open.get(username) === this) open.delete(username);
    });
  }
}

/** The app's own sockets use what the browser gives. */
export function installWebSocket(): void {
  Object.assign(globalThis, { WebSocket: HeldSocket });
}

/** From now on nothing that comes is read, until the answer is called. */
export function holdReading(username: string): () => void {
  const socket = open.get(username);
  if (socket === undefined) throw new Error(`${username} has no socket.`);
  socket.pause();
  return () => socket.resume();
}
