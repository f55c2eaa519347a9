import { createClient, type Client as Call } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { Session } from '@harmonium/api/session';
import { Client } from '../../rooms/src/testing/client.ts';
import { connectSocket } from '../../rooms/src/testing/socket-client.ts';
import type { Remembered } from './remembered.ts';

/** What happens on an instance before it is left to a later version. */

/** Of the instance that is left behind; of no use anywhere else. */
export const SECRETS = {
  JWT_SECRET: 'an earlier version signed with this',
  JWT_REFRESH_SECRET: 'and its sessions with that one',
};
const PASSWORD = 'a long enough password';
const LINES = 60;
const LATE = 'Line 1, put right late';

interface Earlier {
  apiUrl: string;
  roomsUrl: string;
  /** Messages in the database. */
  stored(): Promise<number>;
  stopApi(): Promise<void>;
}

/** @returns what has to be found again */
export async function live(earlier: Earlier): Promise<Remembered> {
  const { apiUrl, roomsUrl } = earlier;
  const mirela = await register(apiUrl, 'Mirela');
  const tomas = await register(apiUrl, 'Tomas');
  await mirela.call('PUT /api/users/@me/avatar', { body: picture() });
  const { user } = await logIn(apiUrl, 'Mirela');

  const { server, channels } = await mirela.call('POST /api/servers', { body: { name: 'Guild' } });
  const [general] = channels;
  if (general === undefined) throw new Error('a server without a channel');
  const params = { id: server.id };
  const { code } = await mirela.call('POST /api/servers/:id/invites', { params, body: {} });
  await tomas.call('POST /api/invites/:code', { params: { code } });
  await mirela.call('POST /api/servers/:id/roles', { params, body: { name: 'Keepers' } });
  await mirela.call('POST /api/servers/:id/channels', {
    params,
    body: { name: 'garden', type: 'text' },
  });
  const { id: direct } = await mirela.call('POST /api/users/@me/channels', {
    body: { userIds: [tomas.user.id] },
  });

  const enter = async (who: Account, id: Snowflake): Promise<Client> => {
    const { ticket } = await who.call('POST /api/channels/:id/ticket', { params: { id } });
    const client = new Client();
    await connectSocket(roomsUrl.replace('http', 'ws'), 'main', id, ticket, undefined, client);
    await client.next('ready');
    return client;
  };
  await say(await enter(mirela, direct), 'Just between us.');

  const talkers = [await enter(mirela, general.id), await enter(tomas, general.id)] as const;
  const [first, second] = talkers;
  const said: Message[] = [];
  for (let line = 0; line < LINES; line += 1) {
    said.push(await say(talkers[line % 2 === 0 ? 0 : 1], `Line ${line}`));
  }
  first.send({ type: 'message.edit', id: said[0]?.id, content: 'Line 0, put right' });
  await first.next('message.edited');
  first.send({ type: 'message.remove', id: said[2]?.id });
  await first.next('message.removed');
  while ((await earlier.stored()) < LINES + 1) await first.settled();
  const pages = { params: { id: general.id }, query: { limit: 100 } };
  const drained = await mirela.call('GET /api/channels/:id/messages', pages);
  const ready = (await (await enter(mirela, general.id)).settled()).find(isReady);

  await earlier.stopApi();
  const [, late] = said;
  if (late === undefined) throw new Error('nothing was said');
  const undrained: Message[] = [];
  for (const content of ['Nobody has this yet.', 'Nor this.']) {
    undrained.push(await say(second, content));
  }
  second.send({ type: 'message.edit', id: late.id, content: LATE });
  await second.next('message.edited', ({ seq }) => seq === Number(ready?.['seq']) + 3);

  return {
    serverId: server.id,
    channelId: general.id,
    directId: direct,
    invite: code,
    avatar: user.avatar ?? '',
    userId: user.id,
    seq: String(ready?.['seq']),
    drained: drained.map(seen),
    undrained: undrained.map(seen),
    editedLate: { id: late.id, content: LATE },
  };
}

async function say(client: Client, content: string): Promise<Message> {
  const nonce = client.write(content);
  const heard = await client.next('message.created', (event) => event['nonce'] === nonce);
  return heard['message'] as Message; // It is what such an event carries.
}

interface Account extends Session {
  call: Call;
}

async function register(apiUrl: string, username: string): Promise<Account> {
  const call = createClient({ baseUrl: apiUrl, fetch });
  const session = await call('POST /api/auth/register', {
    body: { username, email: `${username.toLowerCase()}@example.org`, password: PASSWORD },
  });
  return account(apiUrl, session);
}

export async function logIn(apiUrl: string, login: string): Promise<Account> {
  const call = createClient({ baseUrl: apiUrl, fetch });
  const session = await call('POST /api/auth/login', { body: { login, password: PASSWORD } });
  return account(apiUrl, session);
}

function account(apiUrl: string, session: Session): Account {
  const token = () => session.accessToken;
  return { ...session, call: createClient({ baseUrl: apiUrl, fetch, token }) };
}

/** A picture of one pixel. */
function picture(): Blob {
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return new Blob([Buffer.from(png, 'base64')], { type: 'image/png' });
}

function isReady(event: { type: string }): boolean {
  return event.type === 'ready';
}

export function seen({ id, author, content, editedAt, removedAt }: Message) {
  return { id, author: author.username, content, editedAt, removedAt };
}
