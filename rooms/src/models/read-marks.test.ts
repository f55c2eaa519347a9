import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserServerEvent } from '../../contract/server-event.ts';
import { Client } from '../testing/client.ts';
import { someId, someone, userTicket } from '../testing/people.ts';
import type { Stand } from '../testing/stands.ts';
import { holdsInMemory, holdsOnNode, PROPERTY_TIMEOUT_MS } from './property.ts';

const CHANNELS = [someId(), someId()];
const MESSAGES = [someId(), someId(), someId()];

/** `rest`: everyone has heard of everything before the next. */
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('mark' as const),
        device: fc.nat({ max: 2 }),
        channel: fc.constantFrom(...CHANNELS),
        message: fc.constantFrom(...MESSAGES),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('rest' as const) }) },
    fc.record({ do: fc.constant('crash' as const) }),
  ),
  { maxLength: 30 },
);

/** A device shows its own word at once, and then whatever it hears. */
class Device extends Client {
  readonly marks = new Map<string, string>();

  mark(channelId: string, messageId: string): void {
    this.marks.set(channelId, messageId);
    this.send({ type: 'read.mark', channelId, messageId });
  }

  override received(text: string): void {
    const event = UserServerEvent.parse(JSON.parse(text));
    const told = event.type === 'ready' ? event.marks : event.type === 'read.mark' ? [event] : [];
    for (const { channelId, messageId } of told) this.marks.set(channelId, messageId);
    super.received(text);
  }
}

async function run(stand: Stand, said: Steps) {
  const user = someone('ada');
  const enter = async () => {
    const device = new Device();
    const { ticket } = await stand.tickets.issue(userTicket(user, someId()), 60);
    await stand.connect('user', user.id, ticket, undefined, device);
    await device.next('ready');
    return device;
  };
  let devices = [await enter(), await enter(), await enter()];
  const rest = async () => {
    await stand.rest();
    for (const device of devices) await device.settled();
    await stand.rest();
  };
  for (const step of said) {
    if (step.do === 'mark') devices[step.device]?.mark(step.channel, step.message);
    else if (step.do === 'rest') await rest();
    else {
      await rest();
      const seen = new Map(devices[0]?.marks);
      await stand.crash(() => devices.forEach((device) => device.leave()));
      devices = [await enter(), await enter(), await enter()];
      await rest();
      // What was shown everywhere is never taken back.
      expect(devices[0]?.marks).toEqual(seen);
    }
  }
  await rest();
  const fresh = await enter();
  await fresh.settled();
  for (const device of devices) {
    expect(device.marks).toEqual(fresh.marks);
    device.leave();
  }
  fresh.leave();
}

type Steps = typeof steps extends fc.Arbitrary<infer S> ? S : never;

test(
  'however the devices of one user mark what is read, they show the same in the end',
  async () => {
    await holdsInMemory({ steps, run }, 100);
  },
  PROPERTY_TIMEOUT_MS,
);

test(
  'the same over real sockets and SQLite',
  async () => {
    await holdsOnNode({ steps, run }, 8);
  },
  PROPERTY_TIMEOUT_MS,
);
