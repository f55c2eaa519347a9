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

const STUN_BINDING = Buffer.from('000100002112a442', 'hex');

/** Asks a STUN or TURN server over UDP who we are (RFC 8489, section 3); throws when none answers. */
export function reachStun(port: number, host: string): Promise<void> {
  const transaction = crypto.getRandomValues(Buffer.alloc(12));
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.close();
      if (error === undefined) resolve();
      else reject(error);
    };
    const timer = setTimeout(() => end(new Error('no answer')), ANSWER_WITHIN_MS);
    socket.once('error', end);
    socket.on('message', (answer) => {
      if (answer.subarray(8, 20).equals(transaction)) end();
    });
    socket.send(Buffer.concat([STUN_BINDING, transaction]), port, host, (error) => {
      if (error) end(error);
    });
  });
}
