import type { Snowflake } from '@harmonium/api/ids';
import type { ChannelTicket } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';
import { Activity } from './activity.ts';
import { Alarms } from './alarms.ts';
import { Annotations } from './annotations.ts';
import { Archive } from './archive.ts';
import { Attachments } from './attachments.ts';
import { ChannelAccess, type ChannelSeat, type Guest } from './channel-access.ts';
import type { RoomDeps } from './deps.ts';
import { DirectActivity } from './direct-activity.ts';
import { DirectVoice } from './direct-voice.ts';
import { EventLog } from './event-log.ts';
import { FindMessage } from './find-message.ts';
import { Grants } from './grants.ts';
import type { Host } from './host.ts';
import { Journal, type Accepted } from './journal.ts';
import { Lobby } from './lobby.ts';
import { MessageGate } from './message-gate.ts';
import { Nonces } from './nonces.ts';
import { Outbox } from './outbox.ts';
import { Participants } from './participants.ts';
import { Past, type Begun } from './past.ts';
import { Pins } from './pins.ts';
import { Purges } from './purge.ts';
import { Reacting } from './reacting.ts';
import { Reactions } from './reactions.ts';
import { Requests } from './requests.ts';
import { Slowmode } from './slowmode.ts';
import { Typing } from './typing.ts';
import { Undrained } from './undrained.ts';

/** What a channel's room is made of. */
export type ChannelParts = ReturnType<typeof channelParts>;

/** What the parts say to the room. */
interface Heard {
  /** Somebody may do something else from now on. */
  changed: (connection: Guest) => void;
  /** Something happened that everyone is to be told. */
  made: (accepted: Accepted) => void;
  begun: Begun;
  isRemoved: () => boolean;
}

export function channelParts(host: Host<ChannelSeat>, deps: RoomDeps, heard: Heard) {
  const id = host.id as Snowflake; // Tickets and publishes are for this id, or refused.
  const now = () => host.now();
  const { storage, log: report, rooms } = host;
  const alarms = new Alarms<'outbox' | 'tickets' | 'nonces' | 'access' | 'activity'>(
    (at) => host.setAlarm(at),
    now,
  );
  const slowmode = new Slowmode(storage);
  const log: EventLog = new EventLog(storage, (entries) => {
    undrained.note(entries.filter(({ seq }) => seq > outbox.drained));
  });
  const undrained = new Undrained(storage, log);
  const outbox: Outbox = new Outbox({
    log,
    undrained,
    storage,
    store: (entries) => deps.api.storeOutbox(id, entries),
    random: deps.random,
  });
  const access = new ChannelAccess({
    host,
    ask: (userIds) => deps.api.permissions(id, userIds),
    random: deps.random,
    alarm: (at) => alarms.set('access', at),
    seq: () => log.seq,
    after: (seq) => log.after(seq),
    slowmode: (seconds, askedAt) => slowmode.learn(seconds, Math.floor(askedAt / 1000)),
    changed: heard.changed,
  });
  const nonces = new Nonces(storage);
  const journal = new Journal({ log, nonces, now });
  const { rateLimitScale } = deps;
  const gate = new MessageGate({ channelId: id, log, journal, now, rateLimitScale });
  const reactions = new Reactions({
    storage,
    ask: (messageId) => deps.api.reactions(id, messageId),
    oldest: () => log.tail[0]?.id,
  });
  const pins = new Pins({ storage, journal, now });
  const messages = new FindMessage({
    log,
    undrained,
    drained: () => outbox.drained,
    ask: (messageId) => deps.api.message(id, messageId),
    report,
  });
  const attachments = new Attachments(id, (ticket) => deps.tickets.verifyAttachment(ticket));
  return {
    id,
    alarms,
    lobby: new Lobby<ChannelTicket, ChannelSeat>(host, deps),
    access,
    archive: new Archive(storage),
    log,
    undrained,
    outbox,
    nonces,
    gate,
    reactions,
    pins,
    attachments,
    slowmode,
    requests: new Requests({
      log,
      nonces,
      gate,
      messages,
      attachments,
      reactions,
      reacting: new Reacting({ journal, reactions, now }),
      pins,
      slowmode: () => slowmode.seconds,
      isRemoved: heard.isRemoved,
      made: heard.made,
      report,
    }),
    annotations: new Annotations(journal, messages),
    purges: new Purges({ log, undrained, journal, now }),
    past: new Past({
      log,
      storage,
      ask: (limit) => deps.api.history(id, limit),
      begun: heard.begun,
      now,
      report,
    }),
    activity: new Activity({
      channelId: id,
      rooms,
      log: report,
      now,
      wake: (at) => alarms.set('activity', at),
    }),
    participants: new Participants(storage),
    directActivity: new DirectActivity(rooms, report),
    directVoice: new DirectVoice(rooms, report),
    /** Users as they are, where tickets name them as they were. */
    names: new Grants<User>(storage, 'name/'),
    typing: new Typing(),
  };
}
