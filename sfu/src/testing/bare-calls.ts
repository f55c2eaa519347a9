import { createWorker } from 'mediasoup';
import { CLIENT_CAPABILITIES, micParameters } from './client-parameters.ts';
import { addressOf, connectPlain, openPlain, type PlainAddress } from './plain-transports.ts';
import { workerBin } from './worker-bin.ts';

/** Who is in calls, all of one size. */
export interface CallsPlan {
  calls: number;
  people: number;
  /** Of each call, who talk; the others are silent. */
  speakers: number;
  /** Where packets end. */
  sink: number;
  /** Where those end that are looked at: of one listener in each of the first `probes` calls. */
  probe: number;
  probes: number;
}

/** A voice that a load may send. */
export interface SpeakerAddress extends PlainAddress {
  ssrc: number;
}

export interface PlacedCalls {
  speakers: SpeakerAddress[];
  /** Where what is looked at comes from. */
  probes: PlainAddress[];
}

const OPUS = {
  kind: 'audio' as const,
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  parameters: { useinbandfec: 1, usedtx: 1 },
};

/** The same calls by mediasoup alone: nobody signals, no permissions, no observer of levels. */
export async function openBareCalls(plan: CallsPlan): Promise<PlacedCalls> {
  const worker = await createWorker({ workerBin: await workerBin(), logLevel: 'warn' });
  const placed: PlacedCalls = { speakers: [], probes: [] };
  for (let at = 0; at < plan.calls; at += 1) {
    const router = await worker.createRouter({ mediaCodecs: [OPUS] });
    const people = await Promise.all(
      Array.from({ length: plan.people }, async (_, person) => {
        const send = await openPlain(router);
        const receive = await openPlain(router);
        const isProbe = at < plan.probes && person === plan.people - 1;
        await connectPlain(send, plan.probe);
        await connectPlain(receive, isProbe ? plan.probe : plan.sink);
        const rtpParameters = micParameters();
        const producer = await send.produce({ kind: 'audio', rtpParameters });
        const ssrc = rtpParameters.encodings?.[0]?.ssrc ?? 0;
        if (person < plan.speakers) placed.speakers.push({ ...addressOf(send), ssrc });
        if (isProbe) placed.probes.push(addressOf(receive));
        return { receive, producer };
      }),
    );
    for (const { receive, producer } of people) {
      const others = people.filter((other) => other.producer !== producer);
      await Promise.all(
        others.map((other) =>
          receive.consume({ producerId: other.producer.id, rtpCapabilities: CLIENT_CAPABILITIES }),
        ),
      );
    }
  }
  return placed;
}
