import type { Snowflake } from '@harmonium/api/ids';
import { VOICE_SNAPSHOT_INTERVAL_MS, type VoiceState } from '../contract/voice-state.ts';
import type { Storage } from './host.ts';

/** A call that nobody spoke of for so long is over. */
const EXPIRY_MS = 3 * VOICE_SNAPSHOT_INTERVAL_MS;

export type VoiceEvent =
  | { type: 'voice.joined' | 'voice.updated'; state: VoiceState }
  | { type: 'voice.left'; channelId: Snowflake; userId: Snowflake };

interface Call {
  states: Map<Snowflake, VoiceState>;
  heardAt: number;
}

/** Who is in which call, as the sfu tells it. Every change answers the events that it makes. */
export class VoiceStates {
  readonly #storage: Storage;
  readonly #calls = new Map<Snowflake, Call>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(now: number): Promise<void> {
    for (const [, value] of await this.#storage.list({ prefix: 'voice/' })) {
      const state = value as VoiceState; // Written below.
      this.#call(state.channelId, now).states.set(state.user.id, state);
    }
  }

  get all(): VoiceState[] {
    const states: VoiceState[] = [];
    for (const call of this.#calls.values()) states.push(...call.states.values());
    return states;
  }

  set(state: VoiceState, now: number): VoiceEvent | undefined {
    const call = this.#call(state.channelId, now);
    call.heardAt = now;
    const old = call.states.get(state.user.id);
    if (old !== undefined && same(old, state)) return undefined;
    call.states.set(state.user.id, state);
    // Who speaks changes by the second and is told again: no reason to store it.
    if (old === undefined || !same({ ...old, speaking: state.speaking }, state)) {
      this.#storage.put(voiceKey(state.channelId, state.user.id), { ...state, speaking: false });
    }
    return { type: old === undefined ? 'voice.joined' : 'voice.updated', state };
  }

  remove(channelId: Snowflake, userId: Snowflake): VoiceEvent | undefined {
    const call = this.#calls.get(channelId);
    if (call === undefined || !call.states.delete(userId)) return undefined;
    if (call.states.size === 0) this.#calls.delete(channelId);
    this.#storage.delete(voiceKey(channelId, userId));
    return { type: 'voice.left', channelId, userId };
  }

  /** Makes the call hold exactly these states. */
  snapshot(channelId: Snowflake, states: readonly VoiceState[], now: number): VoiceEvent[] {
    const present = new Set(states.map(({ user }) => user.id));
    const gone = [...(this.#calls.get(channelId)?.states.keys() ?? [])].filter(
      (userId) => !present.has(userId),
    );
    return [
      ...gone.map((userId) => this.remove(channelId, userId)),
      ...states.map((state) => this.set({ ...state, channelId }, now)),
    ].filter((event) => event !== undefined);
  }

  removeCall(channelId: Snowflake): VoiceEvent[] {
    return this.snapshot(channelId, [], 0);
  }

  expire(now: number): VoiceEvent[] {
    return [...this.#calls]
      .filter(([, call]) => now - call.heardAt >= EXPIRY_MS)
      .flatMap(([channelId]) => this.removeCall(channelId));
  }

  /** When to look for calls that are over. */
  get nextExpiry(): number | undefined {
    if (this.#calls.size === 0) return undefined;
    return Math.min(...[...this.#calls.values()].map((call) => call.heardAt)) + EXPIRY_MS;
  }

  #call(channelId: Snowflake, now: number): Call {
    let call = this.#calls.get(channelId);
    if (call === undefined) {
      call = { states: new Map(), heardAt: now };
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
