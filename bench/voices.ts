import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { PlacedCalls } from '../sfu/src/testing/bare-calls.ts';
import { Srtp } from './srtp.ts';

const PACKET_EVERY_MS = 20;
/** Voices do not all send in the same moment. */
const SLOTS = 10;
const SAMPLES_A_PACKET = 960;
/** What Opus makes of 20 ms of speech at 32 kbit/s. */
const PAYLOAD_BYTES = 80;
const LEVEL_EXTENSION = 10;
/** How loud a voice is goes up and down with its syllables, in -dBov. */
const LOUDEST = 18;
const QUIETEST = 48;

interface Voice {
  srtp: Srtp;
  port: number;
  ssrc: number;
  sent: number;
}

/** Voices that talk without end, and those who look at what arrives of them. */
export class Voices {
  readonly #socket: Socket;
  #voices: Voice[] = [];
  readonly #probes = new Map<number, Srtp>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #slot = 0;
  #startedAt = 0;
  /** Of packets that arrived, in milliseconds since they were sent. */
  latencies: number[] = [];
  sent = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet, { port }) => this.#read(packet, port));
  }

  static async open(): Promise<Voices> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Voices(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  start({ speakers, probes }: PlacedCalls): void {
    this.#voices = speakers.map(({ sendKey, port, ssrc }) => ({
      srtp: new Srtp(sendKey),
      port,
      ssrc,
      sent: 0,
    }));
    for (const { port, receiveKey } of probes) this.#probes.set(port, new Srtp(receiveKey));
    this.#startedAt = performance.now();
    this.#timer = setInterval(() => this.#talk(), 1);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  /** Every voice that is due, each in the slot of its number. */
  #talk(): void {
    const due = Math.floor(((performance.now() - this.#startedAt) / PACKET_EVERY_MS) * SLOTS);
    for (; this.#slot < due; this.#slot += 1) {
      for (let at = this.#slot % SLOTS; at < this.#voices.length; at += SLOTS) {
        const voice = this.#voices[at];
        if (voice) this.#send(voice, at);
      }
    }
  }

  #send(voice: Voice, at: number): void {
    const packet = Buffer.alloc(20 + PAYLOAD_BYTES);
    packet.writeUInt16BE(0x906f, 0);
    packet.writeUInt16BE(voice.sent & 0xffff, 2);
    packet.writeUInt32BE((voice.sent * SAMPLES_A_PACKET) >>> 0, 4);
    packet.writeUInt32BE(voice.ssrc, 8);
    packet.writeUInt32BE(0xbede0001, 12);
    const syllable = (1 + Math.sin(voice.sent / 4 + at)) / 2;
    packet.writeUInt8(LEVEL_EXTENSION << 4, 16);
    packet.writeUInt8(0x80 | Math.round(LOUDEST + syllable * (QUIETEST - LOUDEST)), 17);
    packet.writeDoubleBE(performance.now(), 20);
    this.#socket.send(voice.srtp.protect(packet, voice.sent), voice.port, '127.0.0.1');
    voice.sent += 1;
    this.sent += 1;
  }

  #read(packet: Buffer, port: number): void {
    const now = performance.now();
    // RTCP comes by the same port.
    const type = packet.readUInt8(1) & 0x7f;
    const srtp = this.#probes.get(port);
    if (srtp === undefined || (type >= 64 && type <= 95)) return;
    this.latencies.push(now - srtp.payload(packet).readDoubleBE(0));
  }
}
