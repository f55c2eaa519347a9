import type { types } from 'mediasoup-client';
import { NO_COUNTS, flowBetween, plus } from './flow.ts';
import type { FlowCounts } from './flow.ts';
import type { FlowStats, MediaStats } from './media.ts';
import { picturesIn } from './video/picture-stats.ts';
import type { PictureStats } from './video/picture-stats.ts';

interface Look {
  at: number;
  sent: FlowCounts;
  received: FlowCounts;
  voices: Map<string, FlowCounts>;
}

interface Watched {
  sending: types.Transport;
  receiving: types.Transport;
  /** By producer. */
  consumers: ReadonlyMap<string, types.Consumer>;
  now: () => number;
}

/** Reads the browser's figures of a call; each look tells what happened since the one before. */
export function createStatsReader(watched: Watched): () => Promise<MediaStats> {
  const { sending, receiving, consumers, now } = watched;
  let last: Look = { at: now(), sent: NO_COUNTS, received: NO_COUNTS, voices: new Map() };

  return async () => {
    const [up, down] = await Promise.all([read(sending), read(receiving)]);
    const look: Look = { at: now(), sent: up.counts, received: down.counts, voices: new Map() };
    const seconds = (look.at - last.at) / 1000;
    const lossByProducer = new Map<string, number>();
    for (const [producerId, consumer] of consumers) {
      const counts = down.voices.get(consumer.track.id) ?? NO_COUNTS;
      look.voices.set(producerId, counts);
      const before = last.voices.get(producerId) ?? NO_COUNTS;
      lossByProducer.set(producerId, flowBetween(before, counts, seconds).loss);
    }
    const sent: FlowStats = { ...up.flow, ...flowBetween(last.sent, look.sent, seconds) };
    const received: FlowStats = {
      ...down.flow,
      ...flowBetween(last.received, look.received, seconds),
    };
    last = look;
    return {
      roundTripMs: up.roundTripMs ?? down.roundTripMs,
      loss: Math.max(sent.loss, received.loss),
      sent,
      received,
      lossByProducer,
      pictures: [...up.pictures, ...down.pictures],
    };
  };
}

interface Read {
  counts: FlowCounts;
  voices: Map<string, FlowCounts>;
  flow: Pick<FlowStats, 'jitterMs' | 'codec'>;
  roundTripMs: number | undefined;
  pictures: PictureStats[];
}

async function read(transport: types.Transport): Promise<Read> {
  const found: Read = {
    counts: NO_COUNTS,
    voices: new Map(),
    flow: { jitterMs: 0, codec: undefined },
    roundTripMs: undefined,
    pictures: [],
  };
  if (transport.connectionState !== 'connected') return found;
  const reports = await transport.getStats();
  found.pictures = picturesIn(reports.values());
  for (const report of reports.values()) {
    if (report.type === 'candidate-pair' && report.nominated === true) {
      if (typeof report.currentRoundTripTime === 'number') {
        found.roundTripMs ??= report.currentRoundTripTime * 1000;
      }
    } else if (report.type === 'inbound-rtp') {
      const counts = {
        bytes: report.bytesReceived ?? 0,
        packets: report.packetsReceived ?? 0,
        lost: report.packetsLost ?? 0,
      };
      found.counts = plus(found.counts, counts);
      found.voices.set(report.trackIdentifier, counts);
      if (report.kind === 'audio') hearJitter(found, report.jitter);
    } else if (report.type === 'outbound-rtp') {
      const { bytesSent: bytes = 0, packetsSent: packets = 0 } = report;
      found.counts = plus(found.counts, { bytes, packets, lost: 0 });
    } else if (report.type === 'remote-inbound-rtp') {
      // What the other side says it missed of what was sent.
      found.counts = plus(found.counts, { ...NO_COUNTS, lost: report.packetsLost ?? 0 });
      if (report.kind === 'audio') hearJitter(found, report.jitter);
    } else if (report.type === 'codec' && String(report.mimeType).startsWith('audio/')) {
      found.flow.codec ??= String(report.mimeType).split('/')[1];
    }
  }
  return found;
}

/** Of several voices that of the worst. */
function hearJitter(found: Read, jitterSeconds: unknown): void {
  if (typeof jitterSeconds !== 'number') return;
  found.flow.jitterMs = Math.max(found.flow.jitterMs, jitterSeconds * 1000);
}
