import { WebSocket } from 'ws';

/** Those that are connected or try to. */
export const openSockets = new Set<HeldSocket>();

/** In the place of a browser's: one whose reading can be held up. */
class HeldSocket extends WebSocket {
  constructor(url: string | URL) {
    super(url, { perMessageDeflate: false });
    // Told again by 'close'; without a listener it would end the process.
    this.on('error', () => {});
    openSockets.add(this);
    this.on('close', () => openSockets.delete(this));
  }
}

/** The app's own sockets use what the browser gives. */
export function installWebSocket(): void {
  Object.assign(globalThis, { WebSocket: HeldSocket });
}
