import { expect, test } from 'vitest';
import type { Method } from '@harmonium/sfu/request';
import type { MediaStart } from '../media.ts';
import type { Microphone } from '../microphone.ts';
import { FakeMedia, FakeSignalling, welcome } from '../testing/fake-sfu.ts';
import { hearYourself } from './hear-yourself.ts';
import type { EchoProblem } from './hear-yourself.ts';

class Server extends FakeSignalling {
  override request: FakeSignalling['request'] = (method, data) => {
    this.asked.push({ method, data });
    const answers: Partial<Record<Method, object>> = { produce: { producerId: 'own voice' } };
    return Promise.resolve((answers[method] ?? {}) as never); // As the contract has them.
  };
}

class Browser extends FakeMedia {
  override async send(): Promise<void> {
    await this.start.request('produce', {
      transportId: 'transport',
      kind: 'audio',
      source: 'mic',
      rtpParameters: {},
    });
    await super.send();
  }
}

async function begin({ microphone }: { microphone?: Microphone } = {}) {
  const line = { isOpen: true, unplug: () => {} };
  const place: { media?: Browser; signalling?: Server } = {};
  const problems: EchoProblem[] = [];
  let isHeard = false;
  const echo = hearYourself(
    {
      ticket: () => Promise.resolve({ url: 'wss://chat.example/sfu', ticket: 't', expiresAt: '' }),
      signal(entrance, hooks) {
        queueMicrotask(() => hooks.onNotification(welcome()));
        return (place.signalling = new Server(entrance, hooks));
      },
      startMedia: (start: MediaStart) => Promise.resolve((place.media = new Browser(start))),
      microphone: () =>
        Promise.resolve(
          microphone ?? {
            line: {
              track: {} as MediaStreamTrack, // Nobody listens to it in Node.
              label: '',
              hasRnnoise: false,
              adjust() {},
              onEnded: (listener) => (line.unplug = listener),
              close: () => void (line.isOpen = false),
            },
          },
        ),
      speaker: '',
    },
    { onHeard: () => (isHeard = true), onProblem: (problem) => problems.push(problem) },
  );
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { echo, line, place, problems, settled, isHeard: () => isHeard };
}

test('one’s own voice comes back from the server, until one stops', async () => {
  const { echo, line, place, settled, isHeard } = await begin();
  await settled();
  expect(isHeard()).toBe(true);
  expect([...(place.media?.heard ?? [])]).toEqual(['own voice']);
  echo.stop();
  expect(place.media?.isClosed).toBe(true);
  expect(place.signalling?.asked.at(-1)?.method).toBe('leave');
  expect(place.signalling?.isClosed).toBe(true);
  expect(line.isOpen).toBe(false);
});

test('stopped before it began, nothing stays open', async () => {
  const { echo, line, place, settled, isHeard } = await begin();
  echo.stop();
  await settled();
  expect(isHeard()).toBe(false);
  expect(line.isOpen).toBe(false);
  expect(place.signalling).toBeUndefined();
});

test('a microphone that cannot be had is told', async () => {
  const { problems, settled } = await begin({ microphone: { problem: 'blocked' } });
  await settled();
  expect(problems).toEqual(['blocked']);
});

test('a microphone that is unplugged, and a server that is lost, end it, once', async () => {
  const unplugged = await begin();
  await unplugged.settled();
  unplugged.line.unplug();
  expect(unplugged.problems).toEqual(['none']);
  const lost = await begin();
  await lost.settled();
  lost.place.signalling?.lose(1006);
  lost.place.media?.start.hooks.onFailed();
  expect(lost.problems).toEqual(['lost']);
  expect(lost.line.isOpen).toBe(false);
});
