import { COSTS, type Costs } from './costs.ts';

/** What an instance has to bear at its busiest. */
export interface Load {
  /** Who have an account. */
  users: number;
  /** Of them online at the busiest, 0 to 1. */
  online: number;
  /** Messages a second, on the whole instance. */
  messages: number;
  /** Sockets that hear a message: people who have that channel open. */
  audience: number;
  /** Channels in which somebody writes at the same time, of the largest server. */
  busyChannels: number;
  /** Calls at a time, and people in each. */
  calls: number;
  inCall: number;
  /** Megabytes of files that somebody sends in a month. */
  uploads: number;
}

export interface Needs {
  /** Cores that are busy, of each part. */
  cores: { rooms: number; api: number; database: number; voice: number };
  /** Megabytes. */
  memory: { rooms: number; api: number; database: number; voice: number; others: number };
  /** Megabits a second that leave. */
  megabits: { chat: number; voice: number };
  /** Gigabytes that a month adds. */
  disk: { messages: number; files: number };
  roomProcesses: number;
  voiceWorkers: number;
}

/** Of a core; above it, waiting grows faster than work. */
const BUSY = 0.6;
const SECONDS_A_MONTH = 30 * 24 * 3600;
/** What a whole day sees of its busiest moment. */
const MEAN_OF_PEAK = 0.3;

/** What it takes, by figures that were measured one by one; nothing is measured here. */
export function needsOf(load: Load, costs: Costs = COSTS): Needs {
  const { messages, audience } = load;
  const people = load.users * load.online;
  const sockets = people * costs.socketsAPerson;
  const rooms =
    (messages * (costs.roomsMessageMs + audience * costs.roomsDeliveryMs) +
      sockets * costs.roomsSocketMs) /
    1000;
  const requests = (people * costs.requestsAMinute) / 60;
  const api =
    (costs.apiMs + messages * costs.apiMessageMs + (requests * costs.apiRequestMs) / 2) / 1000;
  const database =
    (messages * costs.databaseMessageMs + (requests * costs.apiRequestMs) / 2) / 1000;
  const heard = messages * audience;
  const told = people * Math.min(messages, load.busyChannels);
  const bytes =
    heard * (costs.deliveryBytes + costs.packetBytes) +
    told * costs.activityBytes +
    people * costs.packetBytes +
    sockets * costs.socketBytes;
  const forwards = forwardsOf(load, costs);
  const voice = (forwards * costs.forwardMs) / 1000;
  const roomProcesses = Math.max(1, Math.ceil(rooms / BUSY));
  const voiceWorkers = Math.max(1, Math.ceil(voice / BUSY));
  return {
    cores: { rooms, api, database, voice },
    memory: {
      rooms:
        roomProcesses * costs.roomsMb +
        messages * costs.roomsMessageMb +
        (sockets * costs.roomsSocketKb) / 1024,
      api: costs.apiMb,
      database: costs.databaseMb,
      voice:
        costs.sfuMb +
        voiceWorkers * costs.workerMb +
        (load.calls * load.inCall * costs.voicePersonKb) / 1024,
      others: costs.caddyMb + costs.redisMb + costs.webMb + (sockets * costs.caddySocketKb) / 1024,
    },
    megabits: {
      chat: (bytes * 8) / 1e6,
      voice: (forwards * costs.voiceBits) / 1e6,
    },
    disk: {
      messages: (messages * MEAN_OF_PEAK * SECONDS_A_MONTH * costs.storedMessageBytes) / 1e9,
      files: (load.users * load.uploads) / 1000,
    },
    roomProcesses,
    voiceWorkers,
  };
}

/** Voices times those who are sent them. */
function forwardsOf({ calls, inCall }: Load, costs: Costs): number {
  const heard = Math.min(costs.talkersHeard, Math.max(0, inCall - 1));
  return calls * heard * Math.max(0, inCall - 1);
}
