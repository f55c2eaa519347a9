import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignalErrorCode } from '../contract/request.ts';
import { startMediasoupWorker } from './mediasoup.ts';
import { CallBench, type Client } from './testing/call-bench.ts';
import { CLIENT_CAPABILITIES, CLIENT_DTLS, micParameters } from './testing/client-parameters.ts';
import { freePort } from './testing/free-port.ts';
import { workerBin } from './testing/worker-bin.ts';

/* mediasoup writes everybody's requests into one buffer: one peer's nonsense must not reach it. */

let bench: CallBench;
let anna: Client;
let ben: Client;
let died = false;

beforeAll(async () => {
  const bin = await workerBin();
  const port = await freePort();
  bench = await CallBench.open(1, async () => {
    const worker = await startMediasoupWorker({
      workerBin: bin,
      addresses: [{ ip: '127.0.0.1' }],
      port,
    });
    worker.onDied(() => {
      died = true;
    });
    return worker;
  });
  anna = await bench.join('anna');
  ben = await bench.join('ben');
});
afterAll(() => bench.close());

/** A microphone that says all that can be said. */
const EVERYTHING = {
  ...micParameters(),
  msid: 'stream track',
  encodings: [
    { ssrc: 5, codecPayloadType: 111, dtx: true, scalabilityMode: 'L1T1', maxBitrate: 64_000 },
  ],
};

const Odd = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  fc.constantFrom(-1, 0, 1, 0.5, 255, 256, 2 ** 31, 2 ** 32, 2 ** 53, '', '\ud800', null, [], {}),
);

/** The value with one place of it, at any depth, replaced by something odd. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(value);
  return fc
    .tuple(fc.constantFrom(...places), Odd)
    .map(([place, odd]) => replaced(value, place, odd));
}

function placesOf(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: string[], odd: unknown): unknown {
  if (key === undefined) return odd;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...Object(value) };
  Reflect.set(copy, key, replaced(Reflect.get(copy, key), rest, odd));
  return copy;
}

test('odd parameters are refused with a code, and the others go on', async () => {
  const heard = await ben.speak();
  const { id: transportId } = await anna.request('createTransport', { direction: 'send' });
  const { id: receiving } = await anna.request('createTransport', { direction: 'recv' });
  const codes = new Map<unknown, number>();
  const tried = async (method: string, data: object): Promise<void> => {
    const answer = await anna.ask(method, data);
    const code = (answer['error'] as { code: SignalErrorCode } | undefined)?.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
    expect(code).not.toBe('internal');
    const made = answer['data'] as { producerId?: string } | undefined;
    if (method === 'produce' && made) await anna.request('closeProducer', made);
  };

  await fc.assert(
    fc.asyncProperty(
      mutated(EVERYTHING),
      mutated(CLIENT_CAPABILITIES),
      mutated(CLIENT_DTLS),
      async (rtpParameters, rtpCapabilities, dtlsParameters) => {
        await tried('produce', { transportId, kind: 'audio', source: 'mic', rtpParameters });
        await tried('consume', { producerId: heard, rtpCapabilities });
        await tried('connectTransport', { transportId: receiving, dtlsParameters });
      },
    ),
    { numRuns: 250 },
  );

  expect([...codes.keys()]).toEqual(expect.arrayContaining([undefined, 'invalid']));
  expect(died).toBe(false);
  const carla = await bench.join('carla');
  const consumer = await carla.listen(await carla.speak().then(() => heard));
  expect(await carla.request('resumeConsumer', { consumerId: consumer.id })).toEqual({});
  expect(bench.log.errors).toEqual([]);
});
