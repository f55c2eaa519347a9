import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messages, readMarks } from '../db/schema.ts';
import { openCommunity } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import { latestOf } from './latest-of.ts';
import { readingOf } from './reading-of.ts';
import { storeMarks } from './store-marks.ts';

let home: Community;
beforeAll(async () => {
  home = await openCommunity();
}, 30_000);
afterAll(() => home.app.close());

// Literal snowflakes.
const FIRST = '1001' as Snowflake;
const SECOND = '1002' as Snowflake;
const NOWHERE = '1003' as Snowflake;

test('the last word on a channel is what is read, also when it goes back', async () => {
  const { db } = home.app.database;
  const ada = await home.join('ada');
  const mark = (messageId: Snowflake) =>
    storeMarks(db, ada.user.id, [{ channelId: home.textId, messageId }]);
  expect(await mark(SECOND)).toEqual({ gone: [] });
  expect(await mark(SECOND)).toEqual({ gone: [] });
  await mark(FIRST);
  expect(await readingOf(db, ada.user.id)).toEqual({
    marks: [{ channelId: home.textId, messageId: FIRST }],
    notifications: [],
  });
});

test('of a channel that is gone, or that one is not in, nothing is kept', async () => {
  const { db } = home.app.database;
  const stranger = await home.app.register('stranger');
  const marks = [home.textId, NOWHERE].map((channelId) => ({ channelId, messageId: FIRST }));
  const userId = stranger.user.id;
  expect(await storeMarks(db, userId, marks)).toEqual({ gone: [home.textId, NOWHERE] });
  expect(await db.select().from(readMarks).where(eq(readMarks.userId, userId))).toEqual([]);
});

test('the youngest message of each channel in which anything was said', async () => {
  const { db } = home.app.database;
  expect(await latestOf(db, home.serverId)).toEqual([]);
  const rows = [FIRST, SECOND].map((id) => ({
    id,
    channelId: home.textId,
    authorId: home.owner.user.id,
    content: 'Said.',
    createdAt: new Date(0),
  }));
  await db.insert(messages).values(rows);
  expect(await latestOf(db, home.serverId)).toEqual([
    { channelId: home.textId, messageId: SECOND },
  ]);
});
