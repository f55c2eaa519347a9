import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const ANSWER_WITHIN_MS = 3_000;

/** Whether somebody accepts connections there; throws with the system's words when nobody does. */
export function reachTcp(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, timeout: ANSWER_WITHIN_MS });
    const end = (error?: Error) => {
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(new Error('no answer')));
    socket.once('error', end);
  });
}

/** Whether this machine lets us listen there, by TCP; throws with the system's words when not. */
export function takeTcp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, () => server.close(() => resolve()));
  });
}

export function takeUdp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, () => socket.close(() => resolve()));
  });
}
