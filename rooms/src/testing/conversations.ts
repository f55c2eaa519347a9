import { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { HISTORY_LENGTH } from '../../contract/limits.ts';
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

/** Sends a draft, and answers the message once it is there. */
export async function send(client: Client, draft: object): Promise<Message> {
  const nonce = crypto.randomUUID();
  client.send({ type: 'message.send', nonce, content: '', ...draft });
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

  /** A message from before, which only api has. */
  store(channelId: Snowflake, rest: Partial<Message> = {}): Message {
    const message: Message = {
      id: longAgo(),
      channelId,
      author: this.ada,
      content: 'long ago',
      createdAt: new Date(0).toISOString(),
      editedAt: null,
      removedAt: null,
      ...rest,
    };
    this.world.rooms.api.messages.set(message.id, message);
    return message;
  }

  /** In a channel that has more of a past than its room begins with: its first message. */
  async beginLate() {
    const id = someId();
    const first = this.store(id);
    for (let at = 0; at < HISTORY_LENGTH; at += 1) this.store(id);
    return { ...(await this.begin(id)), first };
  }

  async begin(id = someId()) {
    const here = { ada: channelTicket(this.ada, id), bob: channelTicket(this.bob, id) };
    const [ada, bob] = [await this.world.enter(here.ada), await this.world.enter(here.bob)];
    return { id, here, ada, bob };
  }
}

function longAgo(): Snowflake {
  return Snowflake.parse(String(BigInt(someId()) - (1n << 43n)));
}
