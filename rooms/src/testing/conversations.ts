import type { Message } from '@harmonium/api/message';
import type { Client, Heard } from './client.ts';
import { channelTicket, someId, someone } from './people.ts';
import { World, type Rooms } from './world.ts';

export function messageOf(event: Heard): Message {
  return event['message'] as Message;
}

export function texts(events: Heard[]): string[] {
  return events.map((event) => messageOf(event).content);
}

/** What a snapshot holds, oldest first. */
export function history(client: Client): string[] {
  const messages = client.all('ready')[0]?.['history'] as Message[] | undefined;
  return (messages ?? []).map(({ content }) => content);
}

/** Writes, and answers the message once it is there. */
export async function say(client: Client, content: string): Promise<Message> {
  const nonce = client.write(content);
  return messageOf(await client.next('message.created', (event) => event['nonce'] === nonce));
}

/** Two people who meet in a channel of their own, in rooms that the suite opens. */
export class Conversations {
  readonly ada = someone('ada');
  readonly bob = someone('bob');
  #world: World | undefined;

  open(rooms: Rooms): void {
    this.#world = new World(rooms);
  }

  get world(): World {
    if (this.#world === undefined) throw new Error('The rooms are not open yet.');
    return this.#world;
  }

  async begin() {
    const id = someId();
    const here = { ada: channelTicket(this.ada, id), bob: channelTicket(this.bob, id) };
    const [ada, bob] = [await this.world.enter(here.ada), await this.world.enter(here.bob)];
    return { id, here, ada, bob };
  }
}
