import type { Snowflake } from '@harmonium/api/ids';
import type { Notification } from '@harmonium/sfu/notification';
import type { Answers, Method, SignalAnswer } from '@harmonium/sfu/request';
import type { SpeakerAddress } from '../sfu/src/testing/bare-calls.ts';
import {
  CLIENT_CAPABILITIES,
  CLIENT_DTLS,
  micParameters,
} from '../sfu/src/testing/client-parameters.ts';
import { headlessDtls, type PlainAddress } from '../sfu/src/testing/plain-transports.ts';
import { Socket } from './socket.ts';
import { voicePath } from './tickets.ts';

/** The sfu takes longer silence for a lost client. */
const PING_EVERY_MS = 5_000;

/** Where a client's media goes; without it the client is a browser that never sends any. */
export interface Ports {
  send: number;
  receive: number;
}

/** Somebody in a call who is no browser: signals as the app does, and hears whoever is there. */
export class VoiceClient {
  receiveAddress: PlainAddress | undefined;
  microphone: SpeakerAddress | undefined;
  readonly #ports: Ports | undefined;
  #socket: Socket | undefined;
  #lastId = 0;
  #isOver = false;
  #heart: ReturnType<typeof setInterval> | undefined;
  readonly #waiting = new Map<number, (answer: SignalAnswer) => void>();
  readonly #heard = new Set<string>();
  #hearing: Promise<unknown> = Promise.resolve();
  /** What is there before there is a way to hear it. */
  #toHear: string[] | undefined = [];
  #welcomed: () => void = () => {};

  private constructor(ports: Ports | undefined) {
    this.#ports = ports;
  }

  /** In the call, with both transports and a microphone. */
  static async join(port: number, channelId: Snowflake, ports?: Ports): Promise<VoiceClient> {
    const client = new VoiceClient(ports);
    const welcome = new Promise<void>((resolve) => (client.#welcomed = resolve));
    const path = await voicePath(channelId);
    const onText = (bytes: Buffer, start: number, end: number) =>
      client.#hearText(bytes.toString('utf8', start, end));
    client.#socket = await Socket.connect({ port, path, onText, onEnd: () => client.#end() });
    client.#heart = setInterval(() => void client.request('ping', {}), PING_EVERY_MS);
    await welcome;
    await Promise.all([client.#listen(), client.#speak()]);
    return client;
  }

  get consumers(): number {
    return this.#heard.size;
  }

  /** Settles when all that was heard of so far is consumed. */
  async settled(): Promise<void> {
    await this.#hearing;
  }

  async request<M extends Method>(method: M, data: object): Promise<Answers[M]> {
    if (this.#isOver) throw new Error(`${method}: the socket has ended.`);
    const id = ++this.#lastId;
    const answer = await new Promise<SignalAnswer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket?.send([JSON.stringify({ id, method, data })]);
    });
    if (!answer.ok) throw new Error(`${method}: ${answer.error.code} ${answer.error.message}`);
    return answer.data as Answers[M]; // By the contract.
  }

  async #listen(): Promise<void> {
    this.receiveAddress = await this.#open('recv', this.#ports?.receive);
    const waited = this.#toHear ?? [];
    this.#toHear = undefined;
    for (const id of waited) this.#hear(id);
  }

  async #speak(): Promise<void> {
    const transport = await this.#open('send', this.#ports?.send);
    const rtpParameters = micParameters();
    const source = { kind: 'audio', source: 'mic', rtpParameters };
    await this.request('produce', { transportId: transport.id, ...source });
    this.microphone = { ...transport, ssrc: rtpParameters.encodings?.[0]?.ssrc ?? 0 };
  }

  async #open(direction: 'send' | 'recv', port: number | undefined) {
    const { id, iceParameters } = await this.request('createTransport', { direction });
    const dtlsParameters = port === undefined ? CLIENT_DTLS : headlessDtls(port);
    await this.request('connectTransport', { transportId: id, dtlsParameters });
    // The stand-in's, when there are ports.
    return { id, ...(iceParameters as unknown as PlainAddress) };
  }

  #hearText(text: string): void {
    const frame = JSON.parse(text) as SignalAnswer | Notification; // By the contract.
    if (!('method' in frame)) {
      this.#waiting.get(frame.id)?.(frame);
      this.#waiting.delete(frame.id);
      return;
    }
    if (frame.method === 'welcome') {
      const voices = frame.data.peers.flatMap(({ producers }) => producers.map(({ id }) => id));
      for (const id of [...voices, ...frame.data.stage.map(({ producerId }) => producerId)]) {
        this.#hear(id);
      }
      this.#welcomed();
    } else if (frame.method === 'newProducer') this.#hear(frame.data.producer.id);
    else if (frame.method === 'producerClosed') this.#heard.delete(frame.data.producerId);
    else if (frame.method === 'stageOpened') {
      for (const { producerId } of frame.data.stage) this.#hear(producerId);
    }
  }

  #hear(producerId: string): void {
    if (this.#toHear) return void this.#toHear.push(producerId);
    this.#heard.add(producerId);
    this.#hearing = Promise.all([this.#hearing, this.#consume(producerId)]);
  }

  async #consume(producerId: string): Promise<void> {
    try {
      const rtpCapabilities = CLIENT_CAPABILITIES;
      const { id } = await this.request('consume', { producerId, rtpCapabilities });
      await this.request('resumeConsumer', { consumerId: id });
    } catch {
      // Closed meanwhile, as microphones are when a call becomes large.
      this.#heard.delete(producerId);
    }
  }

  #end(): void {
    clearInterval(this.#heart);
    this.#isOver = true;
  }
}
