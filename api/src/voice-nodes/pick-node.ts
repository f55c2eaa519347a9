import type { VoiceNode } from '@harmonium/api/internal';

/** Loads that differ by less than a step are the same: what they say is seconds old. */
const LOAD_STEPS = 10;

export interface Wanted {
  channelId: string;
  /** The node that the call was settled on before. */
  claimed: string | undefined;
  /** How many were sent to a node since it last spoke. */
  sentTo: (id: string) => number;
}

/**
 * The node for a call: the one it was settled on, one that holds it, or else the least busy. None
 * that takes no calls.
 */
export function pickNode(nodes: readonly VoiceNode[], wanted: Wanted): VoiceNode | undefined {
  const open = nodes.filter(({ draining }) => !draining);
  return (
    open.find(({ id }) => id === wanted.claimed) ??
    open.find(({ calls }) => (calls as readonly string[]).includes(wanted.channelId)) ??
    leastBusy(open, wanted.sentTo)
  );
}

function leastBusy(open: readonly VoiceNode[], sentTo: Wanted['sentTo']): VoiceNode | undefined {
  const step = ({ load }: VoiceNode) => Math.floor(load * LOAD_STEPS);
  const people = ({ id, peers }: VoiceNode) => peers + sentTo(id);
  const [least] = open.toSorted((a, b) => step(a) - step(b) || people(a) - people(b));
  return least;
}
