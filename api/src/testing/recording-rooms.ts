import type { Party, PublishAnswer, PublishEvents } from '@harmonium/rooms/publish';
import type { Rooms } from '../rooms.ts';

interface Published {
  party: Party;
  roomId: string;
  event: PublishEvents[Party];
}

export interface RecordingRooms extends Rooms {
  readonly published: Published[];
  /** What was published to one room. */
  to(party: Party, roomId: string): PublishEvents[Party][];
  /** What rooms answer from now on; throws when they cannot be reached. */
  answer: (event: PublishEvents[Party]) => PublishAnswer;
}

/** Rooms that keep what they are told and answer as the test says. */
export function recordRooms(): RecordingRooms {
  const published: Published[] = [];
  return {
    published,
    answer: () => ({ ok: true }),
    to: (party, roomId) =>
      published
        .filter((entry) => entry.party === party && entry.roomId === roomId)
        .map(({ event }) => event),
    publish(party, roomId, events) {
      try {
        const answers = events.map((event) => this.answer(event));
        for (const event of events) published.push({ party, roomId, event });
        return Promise.resolve(answers);
      } catch (problem) {
        return Promise.reject(problem instanceof Error ? problem : new Error('away'));
      }
    },
    address: (party, roomId, origin) =>
      `${origin.replace(/^http/, 'ws')}/parties/${party}/${roomId}`,
    ping: () => Promise.resolve(),
  };
}
