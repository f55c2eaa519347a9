import type { AccessChangedRequest, PermittedPlace } from '@harmonium/sfu/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sfus } from '../sfus.ts';
import { openCommunity } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';

/** Somebody sits in every call that is asked about. */
const asked: AccessChangedRequest[] = [];
const permitted: PermittedPlace[] = [];
let inCall: { userId: string; channelId: string }[] = [];
const sfus: Sfus = {
  choose: () => Promise.resolve({ url: 'ws://sfu.example/sfu' }),
  disconnect: () => Promise.resolve(),
  trouble: () => Promise.resolve(undefined),
  places: () => Promise.resolve([]),
  move: () => Promise.resolve(false),
  accessChanged: (request) => {
    asked.push(request);
    return Promise.resolve(inCall);
  },
  permit: (places) => {
    permitted.push(...places);
    return Promise.resolve();
  },
};

let first: Community;
let here: Community;
beforeAll(async () => {
  first = await openCommunity({ sfus });
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
  inCall = [{ userId: here.owner.user.id, channelId: here.voiceId }];
  asked.splice(0);
  permitted.splice(0);
});

const out = () => [{ ...inCall[0], permissions: null }];

test('the call of a deleted channel ends for everyone', async () => {
  await here.owner.call('DELETE /api/channels/:id', { params: { id: here.voiceId } });
  await here.app.settled();
  expect(asked).toEqual([{ serverId: here.serverId, channelId: here.voiceId }]);
  expect(permitted).toEqual(out());
});

test('every call of a deleted server ends', async () => {
  await here.owner.call('DELETE /api/servers/:id', { params: { id: here.serverId } });
  await here.app.settled();
  expect(asked).toEqual([{ serverId: here.serverId }]);
  expect(permitted).toEqual(out());
});

test('every member hears that a server is gone', async () => {
  const members = [await here.join('one'), await here.join('two')];
  await here.owner.call('DELETE /api/servers/:id', { params: { id: here.serverId } });
  await here.app.settled();
  for (const { user } of [here.owner, ...members]) {
    expect(here.app.rooms.to('user', user.id)).toContainEqual({
      type: 'server.left',
      serverId: here.serverId,
    });
  }
});
