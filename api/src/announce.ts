import type { Party, PublishAnswer, PublishEvents } from '@harmonium/rooms/publish';
import { MAX_PUBLISH_EVENTS } from '@harmonium/rooms/publish';
import type { Deps } from './deps.ts';
import type { Settings } from './instance/settings.ts';

/**
 * Tells a room of something that has happened. Returns at once; the change stands either way.
 * @param after told only when this has ended, for rooms that must not hear of it before others. When
 *   that takes long they are told nevertheless, and once more at its end: it has to bear repeating
 * @returns ends when the room was told, or given up; never rejects
 */
export type Announce = <P extends Party>(
  party: P,
  roomId: string,
  events: readonly PublishEvents[P][],
  after?: Promise<unknown>,
) => Promise<void>;

/** The deps with what the app makes of them. */
export interface Core extends Deps {
  announce: Announce;
  settings: Settings;
}

const RETRY_DELAYS_MS = [100, 500, 2_000, 10_000, 30_000] as const;
/** The longest that a room waits for another, which may be away. */
const PATIENCE_MS = 2_000;
/** Announcements under way; beyond this, rooms have been away so long that they hydrate anew. */
const MAX_PENDING = 5_000;

type Needs = Pick<Deps, 'rooms' | 'log' | 'meter' | 'background'>;

/**
 * Announcements to one room keep their order, and are tried again for a while when the room cannot
 * be reached.
 */
export function createAnnounce(
  deps: Needs,
  delays: readonly number[] = RETRY_DELAYS_MS,
  patience = PATIENCE_MS,
): Announce {
  const queues = new Map<string, Promise<void>>();
  let pending = 0;
  const count = (change: 1 | -1) => {
    pending += change;
    deps.meter.announcing(pending);
  };

  const announce: Announce = (party, roomId, events, after) => {
    if (pending >= MAX_PENDING) {
      deps.meter.announcementLost();
      deps.log.error('announcement dropped: too many are waiting', { party, roomId });
      return Promise.resolve();
    }
    const room = `${party}/${roomId}`;
    count(1);
    const waited = after === undefined ? undefined : within(patience, after);
    const turn = Promise.all([queues.get(room), waited])
      .then(() => deliver(deps, delays, party, roomId, events))
      .finally(() => {
        count(-1);
        if (queues.get(room) === turn) queues.delete(room);
      });
    queues.set(room, turn);
    deps.background(turn);
    if (waited !== undefined) deps.background(repeatLater(waited));
    return turn;

    /** What the other room gave out until it was told, on what held before, ends here. */
    async function repeatLater(inTime: Promise<boolean>): Promise<void> {
      if (await inTime) return;
      await after;
      await announce(party, roomId, events);
    }
  };
  return announce;
}

/** False when the work takes longer; never rejects. */
function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const end = () => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(end, end);
  });
}

/** Never rejects: what cannot be delivered is logged. */
async function deliver<P extends Party>(
  deps: Needs,
  delays: readonly number[],
  party: P,
  roomId: string,
  events: readonly PublishEvents[P][],
): Promise<void> {
  for (let from = 0; from < events.length; from += MAX_PUBLISH_EVENTS) {
    const part = events.slice(from, from + MAX_PUBLISH_EVENTS);
    const answers = await publishWithRetries(deps, delays, party, roomId, part);
    for (const answer of answers) {
      if (!answer.ok) deps.log.warn('room refused an announcement', { party, roomId, ...answer });
    }
  }
}

async function publishWithRetries<P extends Party>(
  deps: Needs,
  delays: readonly number[],
  party: P,
  roomId: string,
  events: readonly PublishEvents[P][],
): Promise<PublishAnswer[]> {
  for (const delay of [...delays, undefined]) {
    try {
      return await deps.rooms.publish(party, roomId, events);
    } catch (problem) {
      if (delay === undefined) {
        deps.meter.announcementLost();
        deps.log.error('announcement given up', { party, roomId, error: problem });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return [];
}
