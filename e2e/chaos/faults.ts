import type { Fault } from './fault.ts';
import { apiAway } from './faults/api-away.ts';
import { clockJumps } from './faults/clock-jumps.ts';
import { cutSockets } from './faults/cut-sockets.ts';
import { databaseAway } from './faults/database-away.ts';
import { diskFull } from './faults/disk-full.ts';
import { killRooms } from './faults/kill-rooms.ts';
import { killVoice } from './faults/kill-voice.ts';
import { redisAway } from './faults/redis-away.ts';
import { restart } from './faults/restart.ts';
import { slowReader } from './faults/slow-reader.ts';

export const faults: readonly Fault[] = [
  killRooms,
  restart,
  databaseAway,
  apiAway,
  cutSockets,
  slowReader,
  redisAway,
  diskFull,
  killVoice,
  clockJumps,
];
