import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startS3 } from '../../testing/s3.ts';
import type { S3Service } from '../../testing/s3.ts';
import { createS3Files } from '../adapters/files-s3.ts';
import { createSharpImages } from '../adapters/images-sharp.ts';
import { attachments, messages } from '../db/schema.ts';
import { openCommunity } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';

let s3: S3Service;
let here: Community;
beforeAll(async () => {
  s3 = await startS3();
  const files = createS3Files({ ...s3, endpoint: s3.url });
  // The bucket knows what time it is.
  here = await openCommunity({ files, images: createSharpImages(), now: Date.now });
  here.app.deps.instance.limits.uploadSize = 1_000_000;
});
afterAll(async () => {
  await here.app.close();
  await s3.close();
});

test('a picture goes straight into a bucket, is read from it, and goes with its channel', async () => {
  const { owner, textId, app } = here;
  const image = sharp({ create: { width: 900, height: 600, channels: 3, background: 'teal' } });
  const body = new Uint8Array(
    await image
      .withExif({ IFD0: { Make: 'Kamera' } })
      .jpeg()
      .toBuffer(),
  );
  const name = 'Übersicht.html';
  const made = await owner.call('POST /api/uploads', {
    body: { channelId: textId, name, size: body.byteLength, type: 'text/html' },
  });
  const { uploadUrl, method, headers } = made;
  expect((await fetch(uploadUrl, { method, headers, body: 'not this' })).status).toBe(403);
  expect((await fetch(uploadUrl, { method, headers, body })).status).toBe(200);
  const params = { id: made.id };
  const { attachment } = await owner.call('POST /api/uploads/:id/complete', { params });
  expect(attachment).toMatchObject({ name, type: 'image/jpeg', width: 900, height: 600 });

  const { db } = app.database;
  const id = app.deps.ids.next();
  const said = { id, channelId: textId, authorId: owner.user.id, content: '' };
  await db.insert(messages).values({ ...said, createdAt: new Date() });
  await db.update(attachments).set({ messageId: id }).where(eq(attachments.id, made.id));
  const asked = { params: { id: textId }, body: { ids: [made.id] } };
  const [address] = await owner.call('POST /api/channels/:id/attachments', asked);
  const shown = await fetch(address?.url ?? '');
  expect(shown.headers.get('content-type')).toBe('image/jpeg');
  expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect(bytes.includes('Kamera')).toBe(false);
  expect(bytes.byteLength).toBe(attachment.size);
  const part = await fetch(address?.url ?? '', { headers: { range: 'bytes=0-1' } });
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(new Uint8Array([0xff, 0xd8]));
  const saved = await fetch(address?.downloadUrl ?? '');
  expect(saved.headers.get('content-disposition')).toContain(
    "filename*=UTF-8''%C3%9Cbersicht.html",
  );
  const small = await fetch(address?.thumbnailUrl ?? '');
  expect(await sharp(await small.arrayBuffer()).metadata()).toMatchObject({ width: 800 });
  expect((await fetch((address?.url ?? '').replace('inline', 'attachm'))).status).toBe(403);

  await owner.call('DELETE /api/channels/:id', { params: { id: textId } });
  await app.settled();
  expect((await fetch(address?.url ?? '')).status).toBe(404);
  expect((await fetch(address?.thumbnailUrl ?? '')).status).toBe(404);
});
