import type { FlowStats } from './media.ts';

/** Counts since a stream began, of one RTP stream or several together. */
export interface FlowCounts {
  bytes: number;
  packets: number;
  lost: number;
}

export const NO_COUNTS: FlowCounts = { bytes: 0, packets: 0, lost: 0 };

/** What flowed between two looks; counts that went back belong to a stream that ended. */
export function flowBetween(
  before: FlowCounts,
  now: FlowCounts,
  seconds: number,
): Pick<FlowStats, 'kilobitsPerSecond' | 'loss'> {
  const bytes = Math.max(0, now.bytes - before.bytes);
  const lost = Math.max(0, now.lost - before.lost);
  const packets = Math.max(0, now.packets - before.packets);
  return {
    kilobitsPerSecond: seconds > 0 ? (bytes * 8) / 1000 / seconds : 0,
    loss: lost + packets === 0 ? 0 : lost / (lost + packets),
  };
}

export function plus(one: FlowCounts, other: FlowCounts): FlowCounts {
  return {
    bytes: one.bytes + other.bytes,
    packets: one.packets + other.packets,
    lost: one.lost + other.lost,
  };
}
