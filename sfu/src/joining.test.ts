import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTicketKeys } from '@harmonium/api/ticket';
import { bits, CallBench, LOUNGE, SERVER, voiceTicket } from './testing/call-bench.ts';

let bench: CallBench;
beforeEach(async () => {
  bench = await CallBench.open();
});
afterEach(() => bench.close());

describe('joining a call', () => {
  test('the first one is welcomed to an empty call', async () => {
    const anna = await bench.join('anna');

    expect(anna.heard('welcome')).toMatchObject([{ peers: [], iceServers: [], canSpeak: true }]);
    expect(JSON.stringify(anna.heard('welcome'))).toContain('audio/opus');
  });

  test('one that fails is logged with who it was, and where, without the ticket', async () => {
    vi.spyOn(bench.calls, 'join').mockRejectedValue(new Error('the worker hung up'));
    const claims = voiceTicket('anna');
    const { ticket } = await bench.tickets.issue(claims, 60);
    const anna = bench.connect(ticket);
    await anna.connection.idle();

    expect(anna.ended).toBe('call_failed');
    const [line = ''] = bench.log.errors;
    expect(line).toContain(`"channelId":"${LOUNGE}","userId":"${claims.user.id}"`);
    expect(line).toContain('the worker hung up');
    expect(line).not.toContain(ticket);
  });

  test('the second sees the first, and the first hears of the second', async () => {
    const anna = await bench.join('anna');
    const ben = await bench.join('ben');

    expect(ben.heard('welcome')[0]?.peers).toMatchObject([
      { id: anna.peerId, user: { username: 'anna' }, muted: false, producers: [] },
    ]);
    expect(anna.heard('peerJoined')).toMatchObject([
      { peer: { id: ben.peerId, user: { username: 'ben' } } },
    ]);
    expect(bench.calls.peerCount).toBe(2);
  });

  test('who joins later learns what is being sent', async () => {
    const anna = await bench.join('anna');
    const producerId = await anna.speak();
    const ben = await bench.join('ben');

    expect(ben.heard('welcome')[0]?.peers[0]?.producers).toEqual([
      { id: producerId, kind: 'audio', source: 'mic', paused: false },
    ]);
  });

  test('two who join an empty channel at once are in one call', async () => {
    const slow = Promise.withResolvers<void>();
    for (const worker of bench.workers) worker.busy = slow.promise;
    const joining = [bench.join('anna'), bench.join('ben')];
    setTimeout(slow.resolve, 50);
    const clients = await Promise.all(joining);

    expect(bench.calls.callCount).toBe(1);
    expect(clients.flatMap((client) => client.heard('peerJoined'))).toHaveLength(1);
  });

  test('who waits for a call that the other one gives up is let in all the same', async () => {
    const slow = Promise.withResolvers<void>();
    for (const worker of bench.workers) worker.busy = slow.promise;
    const { ticket } = await bench.tickets.issue(voiceTicket('anna'), 60);
    const anna = bench.connect(ticket);
    const joining = bench.join('ben');
    setTimeout(() => anna.connection.end('left'), 30);
    setTimeout(slow.resolve, 60);

    expect((await joining).ended).toBeUndefined();
    expect(bench.calls).toMatchObject({ peerCount: 1, callCount: 1 });
  });

  test('other channels are other calls', async () => {
    const anna = await bench.join('anna');
    await bench.join('ben', { channelId: SERVER });

    expect(bench.calls.callCount).toBe(2);
    expect(anna.heard('peerJoined')).toEqual([]);
  });

  test('calls are spread over the workers', async () => {
    const wide = await CallBench.open(2);
    await wide.join('anna');
    await wide.join('ben', { channelId: SERVER });

    expect(wide.workers.map((worker) => worker.routers.length)).toEqual([1, 1]);
    wide.close();
  });

  test('a full call weighs more than two small ones', async () => {
    const wide = await CallBench.open(2);
    for (const user of ['anna', 'ben', 'carla', 'dora']) await wide.join(user);
    const channels = ['301', '302', '303'] as (typeof LOUNGE)[]; // Literal snowflakes.
    for (const channelId of channels) await wide.join('emil', { channelId });

    expect(wide.workers.map((worker) => worker.routers.length)).toEqual([1, 3]);
    wide.close();
  });

  test('a bug on the way in is logged, closes the socket, and hurts nobody else', async () => {
    const anna = await bench.join('anna');
    const verify = async (): Promise<never> => {
      throw new Error('a bug');
    };
    const ben = bench.connect('ticket', { ...bench.tickets, verify });
    await ben.connection.idle();

    expect(ben.ended).toBe('call_failed');
    expect(bench.log.errors).toHaveLength(1);
    expect(await anna.request('ping')).toEqual({});
  });

  test('a socket that was lost before the welcome is nobody in the call', async () => {
    const { ticket } = await bench.tickets.issue(voiceTicket('anna'), 60);
    const anna = bench.connect(ticket);
    anna.connection.end('left');
    await anna.connection.idle();

    expect(bench.calls).toMatchObject({ peerCount: 0, callCount: 0 });
    expect(bench.rooms.told).toEqual([]);
  });
});

describe('tickets', () => {
  test.each([
    ['none', async () => ''],
    ['nonsense', async () => 'nonsense'],
    ['an altered one', async () => `${(await issue()).slice(0, -2)}xx`],
    ['one of another secret', async () => issue(createTicketKeys('another secret of ours'))],
    ['an expired one', async () => (await bench.tickets.issue(voiceTicket('anna'), -1)).ticket],
    [
      'one to a server room',
      async () => {
        const { user, sessionId } = voiceTicket('anna');
        const claims = { kind: 'user' as const, user, sessionId };
        return (await bench.tickets.issue(claims, 60)).ticket;
      },
    ],
    [
      'one without CONNECT',
      async () => {
        const claims = voiceTicket('anna', { permissions: bits('VIEW_CHANNEL', 'SPEAK') });
        return (await bench.tickets.issue(claims, 60)).ticket;
      },
    ],
  ])('%s: refused', async (_, ticket) => {
    const client = bench.connect(await ticket());
    await client.connection.idle();

    expect(client).toMatchObject({ ended: 'bad_ticket', frames: [] });
    expect(bench.calls.callCount).toBe(0);
  });

  test('one that was issued before its user was disconnected is void', async () => {
    const { ticket } = await bench.tickets.issue(voiceTicket('anna'), 60);
    bench.revocations.add(
      ({ user, channelId }) => user.id === voiceTicket('anna').user.id && channelId === LOUNGE,
    );
    const anna = bench.connect(ticket);
    await anna.connection.idle();

    expect(anna.ended).toBe('bad_ticket');
    expect((await bench.join('ben')).ended).toBeUndefined();
  });

  async function issue(keys = bench.tickets): Promise<string> {
    return (await keys.issue(voiceTicket('anna'), 60)).ticket;
  }
});

describe('the same user from elsewhere', () => {
  test('replaces the older connection, which is told so', async () => {
    const ben = await bench.join('ben');
    const old = await bench.join('anna');
    const young = await bench.join('anna');

    expect(old.ended).toBe('replaced');
    expect(young.ended).toBeUndefined();
    expect(ben.heard('peerLeft')).toEqual([{ peerId: old.peerId }]);
    expect(bench.calls.peerCount).toBe(2);
    await bench.told();
    expect(bench.rooms.told.map(({ type }) => type).slice(-2)).toEqual([
      'voice.left',
      'voice.joined',
    ]);
  });

  test('also alone in the call', async () => {
    await bench.join('anna');
    const young = await bench.join('anna');

    expect(young.ended).toBeUndefined();
    expect(await young.request('ping')).toEqual({});
    expect(bench.calls).toMatchObject({ peerCount: 1, callCount: 1 });
  });
});
