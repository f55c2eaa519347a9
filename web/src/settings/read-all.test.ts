import { expect, test } from 'vitest';
import { readAll } from './read-all.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

test('a file is read whole, and its size told as it grows', async () => {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(bytes(1, 2, 255));
      stream.enqueue(bytes(4));
      stream.close();
    },
  });
  const sizes: number[] = [];
  const parts = await readAll(new Response(body), (size) => sizes.push(size));
  expect(await new Blob(parts).bytes()).toEqual(bytes(1, 2, 255, 4));
  expect(sizes).toEqual([3, 4]);
});

test('half a file is no file', async () => {
  const body = new ReadableStream({
    pull(stream) {
      stream.error(new TypeError('network error'));
    },
  });
  await expect(readAll(new Response(body), () => {})).rejects.toMatchObject({ code: 'offline' });
});
