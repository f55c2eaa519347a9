import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { HEADER_BYTES, readAnswer, writeQuestion, type Answer, type Question } from './message.ts';

const ANSWER_WITHIN_MS = 3_000;
/** A datagram may be lost: it is sent again after this (RFC 8489, section 6.2.1). */
const AGAIN_AFTER_MS = [500, 1_500];
/** What stands before each message of ICE on a stream (RFC 4571). */
const FRAME_BYTES = 2;

export interface Way {
  protocol: 'udp' | 'tcp' | 'tls';
  host: string;
  port: number;
  /** Messages of ICE have their length before them on a stream, those of TURN have not. */
  isIce?: boolean;
  /** Whom to believe a certificate in place of the usual authorities. */
  ca?: string;
}

/** A line to a STUN or TURN server, which knows its clients by their lines. */
export interface Line {
  /** One after the other. Throws words for people when nothing comes back. */
  ask(question: Question): Promise<Answer>;
  close(): void;
}

/** Bytes that go there and messages that come back, by whatever they go. */
interface Wire {
  send(bytes: Buffer): void;
  close(): void;
  mayLose: boolean;
}

interface Ears {
  hear: (message: Buffer) => void;
  fail: (error: Error) => void;
}

/** Throws words for people when there is no way. */
export async function openLine(way: Way): Promise<Line> {
  let hear: (answer: Answer) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const wire = await open(way, {
    hear(message) {
      const answer = readAnswer(message);
      if (answer) hear(answer);
    },
    fail: (error) => fail(inWords(error)),
  });
  return {
    close: () => wire.close(),
    async ask(question) {
      const transaction = randomBytes(12);
      const bytes = writeQuestion(question, transaction);
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      hear = (answer) => {
        if (answer.transaction.equals(transaction)) resolve(answer);
      };
      fail = reject;
      const again = wire.mayLose ? AGAIN_AFTER_MS : [];
      const timers = [
        ...again.map((ms) => setTimeout(() => wire.send(bytes), ms)),
        setTimeout(() => reject(new Error('no answer')), ANSWER_WITHIN_MS),
      ];
      wire.send(bytes);
      try {
        return await promise;
      } finally {
        timers.forEach(clearTimeout);
      }
    },
  };
}

async function open(way: Way, ears: Ears): Promise<Wire> {
  const opening = way.protocol === 'udp' ? openUdp(way, ears) : openStream(way, ears);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer')), ANSWER_WITHIN_MS);
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    // One that opens after all is not waited for.
    opening.then((wire) => wire.close()).catch(() => undefined);
    throw inWords(error);
  } finally {
    clearTimeout(timer);
  }
}

async function openUdp({ host, port }: Way, { hear, fail }: Ears): Promise<Wire> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.once('connect', resolve);
    // Connected it hears that nobody listens there, and nobody else.
    socket.connect(port, address);
  });
  socket.removeAllListeners('error');
  socket.on('error', fail);
  socket.on('message', hear);
  let isOpen = true;
  return {
    mayLose: true,
    send(bytes) {
      if (isOpen) socket.send(bytes, (error) => error && fail(error));
    },
    close() {
      isOpen = false;
      socket.close();
    },
  };
}

async function openStream(way: Way, { hear, fail }: Ears): Promise<Wire> {
  const { host, port, isIce = false, ca } = way;
  const isTls = way.protocol === 'tls';
  const socket: Socket = isTls
    ? connectTls({
        host,
        port,
        ...(ca === undefined ? {} : { ca }),
        ...(isIP(host) ? {} : { servername: host }),
      })
    : connectTcp({ host, port });
  const timer = setTimeout(() => socket.destroy(new Error('no answer')), ANSWER_WITHIN_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once(isTls ? 'secureConnect' : 'connect', resolve);
    });
  } finally {
    clearTimeout(timer);
  }
  socket.removeAllListeners('error');
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  let got = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    got = Buffer.concat([got, bytes]);
    for (let end = endOf(got, isIce); end <= got.length; end = endOf(got, isIce)) {
      hear(got.subarray(isIce ? FRAME_BYTES : 0, end));
      got = got.subarray(end);
    }
  });
  return {
    mayLose: false,
    send: (bytes) => void socket.write(isIce ? framed(bytes) : bytes),
    close: () => void socket.destroy(),
  };
}

function framed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(FRAME_BYTES);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Where the first message ends; Infinity: its length is not there yet. */
function endOf(got: Buffer, isIce: boolean): number {
  if (isIce) return got.length < FRAME_BYTES ? Infinity : FRAME_BYTES + got.readUInt16BE();
  return got.length < HEADER_BYTES ? Infinity : HEADER_BYTES + got.readUInt16BE(2);
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENETUNREACH: 'no way leads there',
  EHOSTUNREACH: 'no way leads there',
};

function inWords(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = WORDS[code];
  if (words !== undefined) return new Error(words, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}
