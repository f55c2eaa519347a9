import type { Channel } from '@harmonium/api/channel';
import type { Role } from '@harmonium/api/role';
import { ServerServerEvent } from '../../contract/server-event.ts';
import type { VoiceState } from '../../contract/voice-state.ts';
import { Client } from '../testing/client.ts';

/** What a member's window shows of a server: what it was told at first, and every change since. */
export class ServerView extends Client {
  channels = new Map<string, Channel>();
  roles = new Map<string, Role>();
  readonly voice = new Map<string, VoiceState>();

  override received(text: string): void {
    this.#apply(ServerServerEvent.parse(JSON.parse(text)));
    super.received(text);
  }

  #apply(event: ServerServerEvent): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- The rest changes nothing here.
    switch (event.type) {
      case 'ready':
        this.channels = new Map(event.structure.channels.map((each) => [each.id, each]));
        this.roles = new Map(event.structure.roles.map((each) => [each.id, each]));
        for (const state of event.voice) this.voice.set(keyOf(state), state);
        return;
      case 'channel.created':
      case 'channel.updated':
        this.channels.set(event.channel.id, event.channel);
        return;
      case 'channel.removed':
        this.channels.delete(event.channelId);
        for (const [key, { channelId }] of this.voice) {
          if (channelId === event.channelId) this.voice.delete(key);
        }
        return;
      case 'role.created':
      case 'role.updated':
        this.roles.set(event.role.id, event.role);
        return;
      case 'role.removed':
        this.roles.delete(event.roleId);
        return;
      case 'voice.joined':
      case 'voice.updated':
        this.voice.set(keyOf(event.state), event.state);
        return;
      case 'voice.left':
        this.voice.delete(`${event.channelId} ${event.userId}`);
        return;
      default:
    }
  }
}

function keyOf({ channelId, user }: VoiceState): string {
  return `${channelId} ${user.id}`;
}
