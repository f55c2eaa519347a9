import { afterAll, beforeAll, describe } from 'vitest';
import { channelAccess } from './channel-access.suite.ts';
import { channelAnnotations } from './channel-annotations.suite.ts';
import { channelArchive } from './channel-archive.suite.ts';
import { channelFiles } from './channel-files.suite.ts';
import { channelPins } from './channel-pins.suite.ts';
import { channelReactions } from './channel-reactions.suite.ts';
import { channelReplies } from './channel-replies.suite.ts';
import { channelDirect } from './channel-direct.suite.ts';
import { channelMessages } from './channel-messages.suite.ts';
import { channelNames } from './channel-names.suite.ts';
import { channelPace } from './channel-pace.suite.ts';
import { channelPast } from './channel-past.suite.ts';
import { channelPurge } from './channel-purge.suite.ts';
import { channelResume } from './channel-resume.suite.ts';
import { channelTickets } from './channel-tickets.suite.ts';
import { channelUndrained } from './channel-undrained.suite.ts';
import { Conversations } from './testing/conversations.ts';
import type { Rooms } from './testing/world.ts';

/** Rules of a channel room that hold on every host. */
export function channelSuite(name: string, open: () => Promise<Rooms>): void {
  describe(`a channel on ${name}`, () => {
    const talks = new Conversations();
    beforeAll(async () => talks.open(await open()));
    afterAll(() => talks.world.rooms.close());

    channelMessages(talks);
    channelResume(talks);
    channelTickets(talks);
    channelNames(talks);
    channelAccess(talks);
    channelPurge(talks);
    channelDirect(talks);
    channelPace(talks);
    channelUndrained(talks);
    channelPast(talks);
    channelReplies(talks);
    channelReactions(talks);
    channelPins(talks);
    channelFiles(talks);
    channelAnnotations(talks);
    channelArchive(talks);
  });
}
