import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../api/testing/service.ts';
import { Client } from '../../rooms/src/testing/client.ts';
import { connectSocket } from '../../rooms/src/testing/socket-client.ts';
import { Process } from '../testing/process.ts';
import { logIn, seen } from './live.ts';
import { putBack } from './put-back.ts';
import { readRemembered } from './remembered.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describe.each(readdirSync(fixtures))('what Harmonium left on the disk %s', (name) => {
  const remembered = readRemembered(join(fixtures, name));
  let dataDir: string;
  /** As `npm start`, without the page. */
  let product: Process;
  let url: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'harmonium-upgrade-'));
    await putBack(join(fixtures, name), dataDir);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    product = new Process(
      ['--max-semi-space-size=8', 'harmonium.ts', '--no-page'],
      { PORT: String(port), SFU_PORT: String(port + 1), DATA_DIR: dataDir },
      `${url}/api/config`,
    );
    await product.start();
  });
  afterAll(async () => {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** What everybody sees of the channel, the youngest first. */
  async function page() {
    const { call } = await logIn(url, 'Tomas');
    const params = { id: remembered.channelId };
    const said = await call('GET /api/channels/:id/messages', { params, query: { limit: 100 } });
    return said.map(seen);
  }

  function everything() {
    const { drained, undrained, editedLate } = remembered;
    const late = { ...editedLate, editedAt: expect.any(String) as string };
    const now = drained.map((message) =>
      message.id === late.id ? Object.assign({}, message, late) : message,
    );
    return [...undrained.toReversed(), ...now];
  }

  test('has everything that was said, once, also what only the rooms had', async () => {
    expect(await page()).toEqual(everything());
  });

  test('lets people in by their passwords, with their pictures, servers and invites', async () => {
    const { user, call } = await logIn(url, 'Mirela');
    expect(user).toMatchObject({ id: remembered.userId, avatar: remembered.avatar });
    const picture = await fetch(url + remembered.avatar);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const { server, channels, roles } = await call('GET /api/servers/:id', {
      params: { id: remembered.serverId },
    });
    expect(server.name).toBe('Guild');
    expect(channels.map((channel) => channel.name)).toContain('garden');
    expect(roles.map((role) => role.name)).toContain('Keepers');
    const params = { code: remembered.invite };
    expect(await call('GET /api/invites/:code', { params })).toMatchObject({
      server: { id: server.id },
    });
    expect(await call('GET /api/users/@me/channels')).toMatchObject([{ id: remembered.directId }]);
  });

  test('tells who was there before exactly what they missed', async () => {
    const { call } = await logIn(url, 'Mirela');
    const { channelId, seq, undrained, editedLate } = remembered;
    const params = { id: channelId };
    const { ticket } = await call('POST /api/channels/:id/ticket', { params });
    const client = new Client();
    await connectSocket(url.replace('http', 'ws'), 'main', channelId, ticket, seq, client);
    const heard = await client.settled();
    const told = heard.filter(({ type }) => /^message\.(created|edited)$/.test(type));
    const ids = told.map((event) => (event['message'] as { id: string }).id); // What they carry.
    expect(ids).toEqual([...undrained.map(({ id }) => id), editedLate.id]);
    client.leave();
  });

  test('goes on: what is said now comes after it, and is there after another start', async () => {
    const { call } = await logIn(url, 'Mirela');
    const said = await call('POST /api/channels/:id/messages', {
      params: { id: remembered.channelId },
      body: { content: 'All is there.' },
    });
    expect(await product.stop()).toMatchObject({ code: 0 });
    await product.start();
    expect(await page()).toEqual([seen(said), ...everything()]);
    expect(product.output).not.toMatch(/"level":(50|60)/);
  });
});
