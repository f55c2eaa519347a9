import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_SIGNAL_BYTES, REQUESTS, SignalErrorCode } from '../contract/request.ts';
import { CallBench, type Client } from './testing/call-bench.ts';
import { CLIENT_DTLS, micParameters } from './testing/client-parameters.ts';

let bench: CallBench;
let anna: Client;
beforeEach(async () => {
  bench = await CallBench.open();
  anna = await bench.join('anna');
});
afterEach(() => bench.close());

/** A success, or any code but that of a bug. */
const EXPECTED = [undefined, ...SignalErrorCode.options.filter((code) => code !== 'internal')];
const METHODS = Object.keys(REQUESTS);

describe('what is no request', () => {
  test.each([
    'hello',
    '',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"id":-1,"method":"ping"}',
    '{"id":1.5,"method":"ping"}',
    '{"id":"1","method":"ping"}',
    '{"id":1}',
    '['.repeat(20_000),
    '{"id":1,"method":"ping","data":'.repeat(1_000),
  ])('%.30s: the socket is closed', (text) => {
    anna.connection.receive(text);

    expect(anna.ended).toBe('bad_frame');
    expect(bench.calls.peerCount).toBe(0);
  });

  test.each([
    ['a byte too many', 'a'.repeat(MAX_SIGNAL_BYTES)],
    ['too many bytes in few letters', '€'.repeat(MAX_SIGNAL_BYTES / 3)],
  ])('%s: the socket is closed', (_, padding) => {
    anna.connection.receive(JSON.stringify({ id: 1, method: 'ping', data: { padding } }));

    expect(anna.ended).toBe('bad_frame');
  });

  test('a frame just small enough is answered', async () => {
    const frame = { id: 1, method: 'ping', data: { padding: '' } };
    const room = MAX_SIGNAL_BYTES - JSON.stringify(frame).length;
    frame.data.padding = 'a'.repeat(room);
    anna.connection.receive(JSON.stringify(frame));
    await anna.connection.idle();

    expect(anna.frames.at(-1)).toEqual({ id: 1, ok: true, data: {} });
  });
});

describe('whatever is sent', () => {
  const Odd = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', -1, 2 ** 53, '9'.repeat(100), '\ud800', null),
  );
  const Params = fc.dictionary(
    fc.constantFrom(
      'direction',
      'transportId',
      'producerId',
      'consumerId',
      'kind',
      'source',
      'rtpParameters',
      'rtpCapabilities',
      'dtlsParameters',
      'muted',
      'deafened',
      'spatialLayer',
      '__proto__',
    ),
    fc.oneof(
      Odd,
      fc.constantFrom('send', 'recv', 'audio', 'video', 'mic', 'screen', true, false, 0),
      fc.constant(micParameters()),
      fc.constant(CLIENT_DTLS),
    ),
  );

  test('each request gets one answer, with a code of the list, and nobody is hurt', async () => {
    const ben = await bench.join('ben');
    const sent = await ben.speak();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...METHODS.filter((method) => method !== 'leave'), 'sing', '__proto__'),
        fc.oneof(Odd, Params),
        async (method, data) => {
          anna.frames.length = 0;
          anna.connection.receive(JSON.stringify({ id: 7, method, data }));
          await anna.connection.idle();
          const answers = anna.frames.filter(({ id }) => id === 7);
          expect(answers).toHaveLength(1);
          expect(EXPECTED).toContain(codeOf(answers[0]?.['error']));
        },
      ),
      { numRuns: 500 },
    );
    expect(anna.ended).toBeUndefined();
    expect(bench.log.errors).toEqual([]);
    expect(bench.router.producers.has(sent)).toBe(true);
    expect(ben.ended).toBeUndefined();
  });

  test('no token that is made up brings anybody back, and nobody is hurt', async () => {
    const [channelId = '', peerId = '', secret = ''] = (
      anna.heard('welcome')[0]?.resumeToken ?? ''
    ).split('.');
    const Part = fc.oneof(
      fc.constantFrom(channelId, peerId, secret, '', '__proto__'),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(Part, { maxLength: 4 }), async (parts) => {
        const token = parts.join('.');
        fc.pre(token.split('.').slice(0, 3).join('.') !== `${channelId}.${peerId}.${secret}`);
        expect((await bench.resume(token)).ended).toBe('not_resumed');
      }),
      { numRuns: 300 },
    );
    expect(anna.ended).toBeUndefined();
    expect(bench.log.errors).toEqual([]);
  });

  test('raw text never does more than close its own socket', async () => {
    const ben = await bench.join('ben');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const carla = await bench.join('carla');
        carla.connection.receive(text);
        await carla.connection.idle();
        expect(['bad_frame', undefined]).toContain(carla.ended);
        carla.connection.end('left');
      }),
      { numRuns: 100 },
    );
    expect(await ben.request('ping')).toEqual({});
    expect(bench.log.errors).toEqual([]);
  });
});

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
