import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceChange } from '../contract/publish.ts';
import type { VoiceState } from '../contract/voice-state.ts';
import type { Host } from './host.ts';
import { frame, say, type Guest, type ServerSeat } from './server-seat.ts';
import { VoiceStates, type VoiceEvent } from './voice-states.ts';

/** Who is in the server's calls, told to those who see the channel. */
export class ServerCalls {
  readonly #host: Host<ServerSeat>;
  readonly #states: VoiceStates;
  readonly #canView: (member: Guest, channelId: Snowflake) => boolean;
  readonly #alarm: (at: number | undefined) => void;

  constructor(options: {
    host: Host<ServerSeat>;
    canView: (member: Guest, channelId: Snowflake) => boolean;
    /** Asks for a call of `expire`. */
    alarm: (at: number | undefined) => void;
  }) {
    this.#host = options.host;
    this.#states = new VoiceStates(options.host.storage);
    this.#canView = options.canView;
    this.#alarm = options.alarm;
  }

  async start(): Promise<void> {
    await this.#states.start(this.#host.now());
    this.#alarm(this.#states.nextExpiry);
  }

  in(channelIds: ReadonlySet<Snowflake>): VoiceState[] {
    return this.#states.all.filter(({ channelId }) => channelIds.has(channelId));
  }

  hear(event: VoiceChange): void {
    this.#tell(this.#states.hear(event, this.#host.now()));
  }

  expire(): void {
    this.#tell(this.#states.expire(this.#host.now()));
  }

  keepOnly(channelIds: ReadonlySet<Snowflake>): void {
    for (const { channelId } of this.#states.all) {
      if (!channelIds.has(channelId)) this.#tell(this.#states.removeCall(channelId));
    }
  }

  /** Whoever comes to see a channel also comes to see who talks in it. */
  show(member: Guest, channelId: Snowflake): void {
    for (const state of this.#states.all) {
      if (state.channelId === channelId) say(member, { type: 'voice.joined', state });
    }
  }

  hide(member: Guest, channelId: Snowflake): void {
    for (const { channelId: at, user } of this.#states.all) {
      if (at === channelId) say(member, { type: 'voice.left', channelId, userId: user.id });
    }
  }

  #tell(events: readonly (VoiceEvent | undefined)[]): void {
    for (const event of events) {
      if (event === undefined) continue;
      const channelId = event.type === 'voice.left' ? event.channelId : event.state.channelId;
      this.#host.broadcast(frame(event), (member) => this.#canView(member, channelId));
    }
    this.#alarm(this.#states.nextExpiry);
  }
}
