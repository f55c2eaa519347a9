import { MAX_NODE_CALLS, VoiceNodeOrders, type VoiceNode } from '@harmonium/api/internal';
import { askUnder } from '@harmonium/api/request-id';
import type { ServiceTokens } from '@harmonium/api/service-token';
import type { Log } from './log.ts';

/** A node is forgotten after ten seconds: it may miss two beats. */
const BEAT_MS = 3_000;
const BEAT_AGAIN_MS = 1_000;
const ANSWER_WITHIN_MS = 2_500;

/** What the node says of itself. */
export type NodeState = Pick<VoiceNode, 'peers' | 'load' | 'calls'>;

export interface RegistrationOptions {
  apiUrl: string;
  id: string;
  internalUrl: string;
  publicUrl: string | undefined;
  state: () => NodeState;
  /** Of these calls another node has the say: their people have to go there. */
  onElsewhere: (channelIds: readonly string[]) => void;
  serviceTokens: Pick<ServiceTokens, 'issue'>;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  log: Log;
}

/** Tells api every few seconds that this node is there. */
export class Registration {
  readonly #options: RegistrationOptions;
  #draining = false;
  #isHeard: boolean | undefined;
  #heard = 0;
  #failed = 0;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Beats that api took. */
  get heard(): number {
    return this.#heard;
  }

  /** Beats that it did not. */
  get failed(): number {
    return this.#failed;
  }

  /** The first beat, and from then on by itself. */
  async start(): Promise<void> {
    await this.#beatOn();
  }

  /** Does not wait for its turn: what it is has changed. */
  speak(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    void this.#beatOn();
  }

  /** From now on nobody is sent here. @returns whether there is another node to go to */
  async drain(): Promise<boolean> {
    this.#draining = true;
    clearTimeout(this.#timer);
    const orders = await this.#beatOn();
    return orders?.others ?? false;
  }

  /** Says goodbye once nobody is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#draining = true;
    clearTimeout(this.#timer);
    await this.#beat();
  }

  async #beatOn(): Promise<VoiceNodeOrders | undefined> {
    const orders = await this.#beat();
    clearTimeout(this.#timer);
    if (!this.#closed) {
      const pause = orders === undefined ? BEAT_AGAIN_MS : BEAT_MS;
      this.#timer = setTimeout(() => void this.#beatOn(), pause);
    }
    if (orders !== undefined && orders.elsewhere.length > 0) {
      this.#options.log.info('Calls go on elsewhere.', { calls: orders.elsewhere.length });
      this.#options.onElsewhere(orders.elsewhere);
    }
    return orders;
  }

  /** One after the other: the last word has to be the one that counts. */
  #beat(): Promise<VoiceNodeOrders | undefined> {
    const beat = this.#last.then(() => this.#say());
    this.#last = beat;
    return beat;
  }

  /** Undefined when api did not take it. */
  async #say(): Promise<VoiceNodeOrders | undefined> {
    const { log } = this.#options;
    try {
      const orders = await this.#post();
      this.#heard += 1;
      if (this.#isHeard !== true) log.info('The api knows of this node.', { id: this.#options.id });
      this.#isHeard = true;
      return orders;
    } catch (error) {
      this.#failed += 1;
      if (this.#isHeard !== false) log.warn('The api does not hear this node.', { error });
      this.#isHeard = false;
      return undefined;
    }
  }

  async #post(): Promise<VoiceNodeOrders> {
    const { apiUrl, id, internalUrl, publicUrl, state, serviceTokens } = this.#options;
    const { calls, ...rest } = state();
    const authorization = `Bearer ${await serviceTokens.issue('sfu', 'api')}`;
    const node: VoiceNode = {
      id,
      internalUrl,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      draining: this.#draining,
      calls: calls.slice(0, MAX_NODE_CALLS),
      ...rest,
    };
    return askUnder(crypto.randomUUID(), async (named) => {
      const response = await this.#options.fetch(`${apiUrl}/api/internal/sfu-nodes`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...named },
        body: JSON.stringify(node),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      if (!response.ok) throw new Error(`The api answered ${response.status}.`);
      return VoiceNodeOrders.parse(await response.json());
    });
  }
}
