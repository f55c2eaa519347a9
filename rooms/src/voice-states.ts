import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceChange } from '../contract/publish.ts';
import {
  VOICE_EXPIRY_MS,
  VOICE_SNAPSHOT_INTERVAL_MS,
  type VoiceState,
} from '../contract/voice-state.ts';
import type { Storage } from './host.ts';

/** A node that missed a snapshot has no say any more against one that holds the call. */
const SILENT_MS = 1.5 * VOICE_SNAPSHOT_INTERVAL_MS;

export type VoiceEvent =
  | { type: 'voice.joined' | 'voice.updated'; state: VoiceState }
  | { type: 'voice.left'; channelId: Snowflake; userId: Snowflake };

interface Present {
  state: VoiceState;
  /** The node whose call they joined last. */
  node: string;
}

interface Call {
  people: Map<Snowflake, Present>;
  /** When each node spoke of the call; two do while people move from one to the other. */
  heard: Map<string, number>;
}

/**
 * Who is in which call, as the nodes of the sfu tell it. Every change answers the events it makes.
 * Whoever joins on a node is that node's from then on: what the one before still says of them, late,
 * is not heard.
 */
export class VoiceStates {
  readonly #storage: Storage;
  readonly #calls = new Map<Snowflake, Call>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(now: number): Promise<void> {
    for (const [, value] of await this.#storage.list({ prefix: 'voice/' })) {
      const { node = '', ...state } = value as VoiceState & { node?: string }; // Written below.
      const call = this.#call(state.channelId);
      call.people.set(state.user.id, { state, node });
      call.heard.set(node, now);
    }
  }

  get all(): VoiceState[] {
    return [...this.#calls.values()].flatMap(({ people }) =>
      [...people.values()].map(({ state }) => state),
    );
  }

  hear(event: VoiceChange, now: number): VoiceEvent[] {
    const node = event.node ?? '';
    const channelId = 'state' in event ? event.state.channelId : event.channelId;
    this.#call(channelId).heard.set(node, now);
    const made = this.#apply(event, channelId, { node, now });
    this.#tidy(channelId);
    return made.filter((change) => change !== undefined);
  }

  removeCall(channelId: Snowflake): VoiceEvent[] {
    return this.#removeWhere(channelId, () => true);
  }

  expire(now: number): VoiceEvent[] {
    return [...this.#calls].flatMap(([channelId, { heard }]) =>
      this.#removeWhere(channelId, ({ node }) => now - (heard.get(node) ?? 0) >= VOICE_EXPIRY_MS),
    );
  }

  /** When to look for people whom nobody speaks of any more. */
  get nextExpiry(): number | undefined {
    let first = Infinity;
    for (const { heard } of this.#calls.values()) first = Math.min(first, ...heard.values());
    return first === Infinity ? undefined : first + VOICE_EXPIRY_MS;
  }

  #apply(
    event: VoiceChange,
    channelId: Snowflake,
    by: { node: string; now: number },
  ): (VoiceEvent | undefined)[] {
    switch (event.type) {
      case 'voice.joined':
        return [this.#set(event.state, by.node)];
      case 'voice.updated':
        return this.#isOf(event.state, by) ? [this.#set(event.state, by.node)] : [];
      case 'voice.left':
        return this.#removeWhere(
          channelId,
          ({ state, node }) => state.user.id === event.userId && node === by.node,
        );
      case 'voice.snapshot':
        return this.#takeSnapshot(channelId, event.states, by);
    }
  }

  /** What the node has of the call is exactly this; what silent ones had is over. */
  #takeSnapshot(
    channelId: Snowflake,
    states: readonly VoiceState[],
    by: { node: string; now: number },
  ): (VoiceEvent | undefined)[] {
    const present = new Set(states.map(({ user }) => user.id));
    const gone = this.#removeWhere(
      channelId,
      ({ state }) => !present.has(state.user.id) && this.#isOf(state, by),
    );
    const there = states
      .map((state) => ({ ...state, channelId }))
      .filter((state) => this.#isOf(state, by));
    return [...gone, ...there.map((state) => this.#set(state, by.node))];
  }

  /** Whether the node has the say: they are nobody else's, or of a node that is silent. */
  #isOf({ channelId, user }: VoiceState, { node, now }: { node: string; now: number }): boolean {
    const call = this.#calls.get(channelId);
    const holder = call?.people.get(user.id)?.node;
    if (call === undefined || holder === undefined || holder === node) return true;
    return now - (call.heard.get(holder) ?? 0) > SILENT_MS;
  }

  #set(state: VoiceState, node: string): VoiceEvent | undefined {
    const { people } = this.#call(state.channelId);
    const old = people.get(state.user.id);
    people.set(state.user.id, { state, node });
    if (old !== undefined && old.node === node && same(old.state, state)) return undefined;
    // Who speaks changes by the second and is told again: no reason to store it.
    const isKept = old?.node === node && same({ ...old.state, speaking: state.speaking }, state);
    if (!isKept) {
      const kept = { ...state, speaking: false, ...(node === '' ? {} : { node }) };
      this.#storage.put(voiceKey(state.channelId, state.user.id), kept);
    }
    return { type: old === undefined ? 'voice.joined' : 'voice.updated', state };
  }

  #removeWhere(channelId: Snowflake, isGone: (present: Present) => boolean): VoiceEvent[] {
    const people = this.#calls.get(channelId)?.people ?? new Map<Snowflake, Present>();
    const gone = [...people].filter(([, present]) => isGone(present));
    for (const [userId] of gone) {
      people.delete(userId);
      this.#storage.delete(voiceKey(channelId, userId));
    }
    this.#tidy(channelId);
    return gone.map(([userId]) => ({ type: 'voice.left', channelId, userId }));
  }

  /** Nodes without anybody are forgotten, and calls without anybody. */
  #tidy(channelId: Snowflake): void {
    const call = this.#calls.get(channelId);
    if (call === undefined) return;
    const holders = new Set([...call.people.values()].map(({ node }) => node));
    for (const node of call.heard.keys()) if (!holders.has(node)) call.heard.delete(node);
    if (call.people.size === 0) this.#calls.delete(channelId);
  }

  #call(channelId: Snowflake): Call {
    let call = this.#calls.get(channelId);
    if (call === undefined) {
      call = { people: new Map(), heard: new Map() };
      this.#calls.set(channelId, call);
    }
    return call;
  }
}

function voiceKey(channelId: string, userId: string): string {
  return `voice/${channelId}/${userId}`;
}

function same(a: VoiceState, b: VoiceState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
