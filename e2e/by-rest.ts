import { createClient, type Client } from '@harmonium/api/client';
import { Snowflake } from '@harmonium/api/ids';
import { PASSWORD } from './people.ts';

/* What people could do in a window too, where how they do it is not what is looked at. */

export async function registerByRest(url: string, username: string): Promise<Client> {
  const { accessToken } = await stranger(url)('POST /api/auth/register', {
    body: { username, email: `${username.toLowerCase()}@example.org`, password: PASSWORD },
  });
  return createClient({ baseUrl: url, fetch, token: () => accessToken });
}

export async function logInByRest(url: string, username: string): Promise<Client> {
  const answer = await stranger(url)('POST /api/auth/login', {
    body: { login: username, password: PASSWORD },
  });
  if (!('accessToken' in answer)) throw new Error('a second factor is asked for');
  const { accessToken } = answer;
  return createClient({ baseUrl: url, fetch, token: () => accessToken });
}

/** One after the other, in the channel at the end of this address of the app. */
export async function sayByRest(client: Client, place: string, lines: string[]): Promise<void> {
  const params = { id: Snowflake.parse(new URL(place).pathname.split('/')[3]) };
  for (const content of lines) {
    await client('POST /api/channels/:id/messages', { params, body: { content } });
  }
}

function stranger(url: string): Client {
  return createClient({ baseUrl: url, fetch, token: () => undefined });
}
