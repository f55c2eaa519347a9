import type { Snowflake } from '@harmonium/api/ids';
import { PING_INTERVAL_MS } from '@harmonium/rooms/limits';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import { createRoomSocket } from '../../web/src/room/socket.ts';
import type { Person } from './person.ts';

/** Who is shown to be in a call, to somebody who looks at the server. */
export class CallWatch {
  readonly #inCall = new Set<string>();
  readonly #close: () => void;

  /** @param roomsUrl `ws://…` by which the rooms are reached */
  constructor(person: Person, serverId: Snowflake, roomsUrl: string) {
    const socket = createRoomSocket<ServerServerEvent, never>({
      issue: async () => {
        const params = { id: serverId };
        const { url, ...rest } = await person.call('POST /api/servers/:id/ticket', { params });
        return { url: roomsUrl + new URL(url).pathname, ...rest };
      },
      onEvent: (event) => this.#hear(event),
      onPhase: () => {},
      now: Date.now,
      random: Math.random,
      everyBeat: (beat) => {
        const timer = setInterval(beat, PING_INTERVAL_MS);
        return () => clearInterval(timer);
      },
    });
    this.#close = () => socket.close();
  }

  /** True when these and no others are shown. */
  shows(userIds: readonly string[]): boolean {
    return this.#inCall.size === userIds.length && userIds.every((id) => this.#inCall.has(id));
  }

  get count(): number {
    return this.#inCall.size;
  }

  close(): void {
    this.#close();
  }

  #hear(event: ServerServerEvent): void {
    if (event.type === 'voice.joined') this.#inCall.add(event.state.user.id);
    else if (event.type === 'voice.left') this.#inCall.delete(event.userId);
    else if (event.type === 'ready') {
      this.#inCall.clear();
      for (const { user } of event.voice) this.#inCall.add(user.id);
    }
  }
}
