import type { Notifications } from '@harmonium/sfu/notification';
import type { TransportOptions } from '@harmonium/sfu/request';
import type { StartMedia } from '../media.ts';
import type { Request } from '../signalling.ts';
import type { Quality, Way } from './legs.ts';

/** What does not come back by then is blocked, in milliseconds. */
const THROUGH_WITHIN_MS = 7_000;
const LOOK_EVERY_MS = 150;
/** Long enough for a loss of one in a hundred to show. */
const MEASURED_FOR_MS = 4_000;

export interface WayDeps {
  startMedia: StartMedia;
  welcome: Notifications['welcome'];
  request: Request;
  /** Sent and got back; nobody hears it. */
  tone: MediaStreamTrack;
  wait: (ms: number) => Promise<void>;
}

/**
 * Sends a tone to the server and back as a call would, with no other way to take than this one.
 * Undefined when nothing came back.
 */
export async function tryWay(
  way: Way,
  { startMedia, welcome, request, tone, wait }: WayDeps,
): Promise<{ measure: () => Promise<Quality>; close: () => void } | undefined> {
  const sent = Promise.withResolvers<string>();
  const starting = startMedia({
    welcome: { ...welcome, iceServers: way === 'relay' ? welcome.iceServers : [] },
    request: onlyBy(way, request, sent.resolve),
    speaker: '',
    hooks: { onFailed() {}, onSoundBlocked() {} },
  });
  const media = await starting.catch(() => undefined);
  if (media === undefined) return undefined;
  const givenUp = new AbortController();
  const isBack = async (): Promise<boolean> => {
    await Promise.all([media.send(tone), sent.promise.then((id) => media.receive(id, 0))]);
    while (!givenUp.signal.aborted) {
      if ((await media.stats()).received.kilobitsPerSecond > 0) return true;
      await wait(LOOK_EVERY_MS);
    }
    return false;
  };
  const isTooLate = wait(THROUGH_WITHIN_MS).then(() => false);
  if (!(await Promise.race([isBack().catch(() => false), isTooLate]))) {
    givenUp.abort();
    media.close();
    return undefined;
  }
  return {
    close: () => media.close(),
    async measure() {
      await media.stats();
      await wait(MEASURED_FOR_MS);
      const { roundTripMs, loss, sent: up, received: down } = await media.stats();
      return { roundTripMs, loss, jitterMs: Math.max(up.jitterMs, down.jitterMs) };
    },
  };
}

/** Hides from the browser what would lead it another way. */
function onlyBy(way: Way, request: Request, onSent: (producerId: string) => void): Request {
  return async (method, data) => {
    const answer = await request(method, data);
    if ('producerId' in answer && method === 'produce') onSent(answer.producerId);
    if (!describesTransport(answer)) return answer;
    // Of the same method, with less in it.
    return narrowed(way, answer) as typeof answer;
  };
}

function narrowed(way: Way, options: TransportOptions): object {
  if (way === 'relay') return { ...options, iceTransportPolicy: 'relay' };
  const iceCandidates = options.iceCandidates.filter(({ protocol }) => protocol === way);
  return { ...options, iceCandidates };
}

export function describesTransport(answer: object): answer is TransportOptions {
  return 'iceCandidates' in answer;
}

/** Where the browser is told that the media port is. */
export function addressesOf({ iceCandidates }: TransportOptions): string[] {
  const addresses = iceCandidates.map(({ address, port }) => {
    const host = String(address);
    return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  });
  return [...new Set(addresses)];
}
