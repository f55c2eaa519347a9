import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { freePort } from '../../api/testing/service.ts';
import { Part } from './part.ts';

const NOT_YET = `
  const { createServer } = require('node:http');
  let asked = 0;
  createServer((request, response) => {
    asked += 1;
    response.writeHead(asked < 5 ? 503 : 200).end(String(asked));
  }).listen(Number(process.env.PORT), '127.0.0.1');
`;

test('a part has started when it says that it is well, not when it first answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'harmonium-part-'));
  const file = join(folder, 'slow.cjs');
  await writeFile(file, NOT_YET);
  const root = join(import.meta.dirname, '../..');
  const part = new Part('slow', relative(root, file), await freePort(), {});
  onTestFinished(async () => {
    await part.stop('SIGKILL');
    await rm(folder, { recursive: true });
  });
  await part.start();
  const answer = await fetch(`${part.url}/health`);
  expect(Number(await answer.text())).toBe(6);
});
