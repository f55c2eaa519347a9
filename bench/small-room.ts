import { enter } from './enter.ts';
import { pause } from './pause.ts';
import { toRoom } from './speech.ts';
import { channelPath, someId } from './tickets.ts';

/** Between two messages, in milliseconds: people who talk, not a load. */
const GAP_MS = 10;

/** What the two of a small room felt, in milliseconds. */
export interface Felt {
  acks: number[];
  deliveries: number[];
}

/**
 * Two people in a channel of their own, in a process of its own: whoever loads the server is too busy
 * to tell when something arrived. Asked for so many seconds of talk, it answers what they felt.
 */
const server = { name: 'rooms-server', port: Number(process.argv[2]) } as const;
const channelId = someId();
const felt: Felt = { acks: [], deliveries: [] };
let sentAt = 0;
let heard = 0;
let both = () => {};
const member = async (times: () => number[]) =>
  enter(server, await channelPath(channelId), {
    onMessage() {
      times().push(performance.now() - sentAt);
      heard += 1;
      if (heard === 2) both();
    },
  });
const writer = await member(() => felt.acks);
await member(() => felt.deliveries);
let said = 0;

async function talk(seconds: number): Promise<void> {
  felt.acks = [];
  felt.deliveries = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const answered = new Promise<void>((resolve) => {
      both = resolve;
    });
    heard = 0;
    said += 1;
    sentAt = performance.now();
    writer.send([toRoom(said)]);
    await answered;
    await pause(GAP_MS);
  }
  process.send?.(felt);
}

process.on('message', (seconds) => void talk(Number(seconds)));
process.on('disconnect', () => process.exit());
process.send?.('ready');
