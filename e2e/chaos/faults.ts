import type { Fault } from './fault.ts';
import { killRooms } from './faults/kill-rooms.ts';

export const faults: readonly Fault[] = [killRooms];
