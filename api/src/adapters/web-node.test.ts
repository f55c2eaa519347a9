import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_PAGE_BYTES, MAX_PICTURE_BYTES } from '../previews/web.ts';
import { createNodeWeb } from './web-node.ts';

let server: Server;
let port: number;
let asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port; // Listening on TCP.
});
afterAll(() => server.closeAllConnections());

const page = (html: string, type = 'text/html') => {
  answer = (_, response) => response.writeHead(200, { 'content-type': type }).end(html);
};
const userAgent = 'Harmonium/test';
/** Reads like everybody's, but for the test's own server. */
const web = createNodeWeb({
  userAgent,
  mayAsk: (address, at) => address === '127.0.0.1' && at === port,
});
const read = (path = '/') => web.read(`http://127.0.0.1:${port}${path}`);

describe('what is read', () => {
  test('a page, asked for under our own name and without anything of the reader', async () => {
    asked = [];
    page('<title>a</title>');
    expect(await read('/b?c=d#e')).toEqual({
      kind: 'page',
      address: `http://127.0.0.1:${port}/b?c=d#e`,
      html: '<title>a</title>',
    });
    expect(asked[0]?.path).toBe('/b?c=d');
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'accept-language',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(asked[0]?.headers['user-agent']).toBe(userAgent);
  });

  test('a page in the letters it says it is written in', async () => {
    answer = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' })
        .end(Buffer.from('<title>caf\u00e9</title>', 'latin1'));
    expect(await read()).toMatchObject({ html: '<title>café</title>' });
  });

  test('a packed page, unpacked no further than a page is read', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'));
    answer = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(bomb);
    const found = await read();
    expect(found.kind === 'page' && found.html.length).toBe(MAX_PAGE_BYTES);
  });

  test('of a page without end the beginning', async () => {
    let written = 0;
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        written += 65_536;
        if (response.write('x'.repeat(65_536))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    };
    const found = await read();
    expect(found.kind === 'page' && found.html.length).toBe(MAX_PAGE_BYTES);
    expect(written).toBeLessThan(64 * MAX_PAGE_BYTES);
  });

  test('a picture', async () => {
    page('not really', 'image/png');
    expect(await read()).toEqual({
      kind: 'picture',
      bytes: new TextEncoder().encode('not really'),
    });
  });

  test.each(['application/json', 'video/mp4', 'text/plain', ''])(
    'nothing else: %j',
    async (type) => {
      page('x', type);
      expect(await read()).toEqual({ kind: 'refused', why: 'unusable' });
    },
  );

  test('no picture that is too big, whether it says so or not', async () => {
    answer = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'image/png', 'content-length': MAX_PICTURE_BYTES + 1 })
        .write('x');
    expect(await read()).toEqual({ kind: 'refused', why: 'unusable' });
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(Buffer.alloc(MAX_PICTURE_BYTES + 1));
    };
    expect(await read()).toEqual({ kind: 'refused', why: 'unusable' });
  });

  test('no page that takes for ever', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => response.write('x'), 100);
      response.once('close', () => clearInterval(drip));
    };
    const from = performance.now();
    expect(await read()).toEqual({ kind: 'refused', why: 'away' });
    expect(performance.now() - from).toBeLessThan(8_000);
  }, 10_000);

  test('no error, no cut answer, nobody', async () => {
    answer = (_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('x');
    expect(await read()).toEqual({ kind: 'refused', why: 'unusable' });
    answer = (request) => request.socket.destroy();
    expect(await read()).toEqual({ kind: 'refused', why: 'away' });
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end('not packed');
    };
    expect(await read()).toEqual({ kind: 'refused', why: 'away' });
  });

  test('what has moved, three times and no more', async () => {
    answer = ({ url }, response) => {
      const left = Number(url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end('there');
    };
    expect(await read('/3')).toMatchObject({ html: 'there' });
    expect(await read('/4')).toEqual({ kind: 'refused', why: 'unusable' });
  });
});

describe('what is never asked', () => {
  /** Everybody's: with the names of a hostile server of names. */
  const names: Record<string, string[]> = {};
  let lookups = 0;
  const wary = createNodeWeb({
    userAgent,
    lookUpAll: (host, done) => {
      lookups += 1;
      const found = names[host] ?? [];
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  });
  const forbidden = { kind: 'refused', why: 'forbidden' };

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://2130706433/',
    'http://0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://①②⑦.0.0.1/',
    'https://user:word@1.1.1.1/',
    'ftp://1.1.1.1/',
    'file:///etc/passwd',
    'http://1.1.1.1:22/',
    'http://1.1.1.1:8080/',
  ])('%s', async (address) => {
    expect(await wary.read(address)).toEqual(forbidden);
  });

  test.each([
    ['one that is private', ['10.0.0.1']],
    ['this machine', ['127.0.0.1']],
    ['this machine, written anew', ['::ffff:127.0.0.1']],
    ['one public and one private', ['93.184.216.34', '192.168.0.1']],
    ['where clouds tell secrets', ['169.254.169.254']],
  ])('a name that stands for %s', async (_, addresses) => {
    names['sly.test'] = addresses;
    expect(await wary.read('http://sly.test/')).toEqual(forbidden);
  });

  test('a port that is not the web’s, by name', async () => {
    names['fine.test'] = ['93.184.216.34'];
    expect(await wary.read('http://fine.test:6379/')).toEqual(forbidden);
  });

  test('a name is looked up once, so that a second answer cannot be another', async () => {
    names['sly.test'] = ['10.0.0.1'];
    lookups = 0;
    await wary.read('http://sly.test/');
    expect(lookups).toBe(1);
  });

  test('the address that was checked is the one connected to', async () => {
    let times = 0;
    page('mine');
    // First the allowed server, then one that nobody listens at.
    const rebinding = createNodeWeb({
      userAgent,
      mayAsk: (address) => address === '127.0.0.1',
      lookUpAll: (_, done) => {
        times += 1;
        done(null, [{ address: times === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
      },
    });
    expect(await rebinding.read(`http://rebind.test:${port}/`)).toMatchObject({ html: 'mine' });
    expect(times).toBe(1);
    // The second time it is another: asked anew, checked anew.
    expect(await rebinding.read(`http://rebind.test:${port}/`)).toEqual(forbidden);
  });

  test.each([
    'http://10.0.0.1/',
    'http://localhost:1/',
    'file:///etc/passwd',
    'gopher://x/',
    '//[::1]/',
  ])('where a page moves to: %s', async (location) => {
    answer = (_, response) => response.writeHead(301, { location }).end();
    expect(await read()).toEqual(forbidden);
  });
});
