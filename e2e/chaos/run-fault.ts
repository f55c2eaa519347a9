import type { Snowflake } from '@harmonium/api/ids';
import { createCable, type Cable } from '../network.ts';
import { check, isClean, type Findings } from './checker.ts';
import type { Fault, Scene } from './fault.ts';
import { Person } from './person.ts';
import { Place } from './place.ts';
import type { Shown } from './record.ts';
import { talk } from './talk.ts';

const PEOPLE = 12;
const LENGTH = 200;
/** One way; so that there are always messages and answers under way that a cut can lose. */
const CABLE_MS = 10;
const SETTLED_WITHIN_MS = 120_000;

export interface Size {
  /** Messages, edits, removals and reactions. */
  sayings: number;
  seconds: number;
}

/** What was measured while something went wrong, and what is wrong since. */
export interface Outcome {
  fault: Fault;
  sayings: number;
  people: number;
  cuts: number;
  resumes: number;
  snapshots: number;
  longestOutageMs: number;
  longestWaitMs: number;
  /** From the last answer until the database had everything. */
  drainMs: number;
  findings: Findings;
  /** What else is wrong. */
  troubles: string[];
  notes: string[];
}

export function isPassed({ findings, troubles }: Outcome): boolean {
  return isClean(findings) && troubles.length === 0;
}

/** People talk, something goes wrong; what all of them saw is compared when it is over. */
export async function runFault(fault: Fault, size: Size): Promise<Outcome> {
  const place = await Place.open();
  const people: Person[] = [];
  let cable: Cable | undefined;
  try {
    await fault.prepare?.(place);
    await place.start();
    cable = await createCable(place.rooms.port, CABLE_MS);
    const roomsUrl = wsUrlOf(fault.isDirect === true ? place.rooms.url : cable.url);
    const ids = await gather(place, people, fault.people ?? PEOPLE);
    const { channelId } = ids;
    for (const person of people) person.enter(channelId, roomsUrl);
    await until(() => people.every(({ snapshots }) => snapshots > 0), 'everyone was in');
    const notes: string[] = [];
    const troubles: string[] = [];
    const scene: Scene = {
      place,
      cable,
      people,
      ...ids,
      seconds: size.seconds,
      wait: (seconds) => pause(seconds * 1000),
      trouble: (text) => troubles.push(text),
      note: (text) => notes.push(text),
    };
    await Promise.all([
      talk(people, { ...size, length: fault.length ?? LENGTH }),
      fault.inject(scene),
    ]);
    await settled(people).catch(({ message }: Error) => troubles.push(message));
    const since = performance.now();
    const stored = await drained(place, channelId, people);
    const drainMs = performance.now() - since;
    const late = await lateComer(place, channelId, people);
    troubles.push(...people.flatMap((person) => person.troubles));
    await fault.verify?.(scene);
    return {
      fault,
      sayings: size.sayings,
      people: people.length,
      ...figuresOf(people),
      drainMs,
      findings: check(
        [...people, late].map(({ testimony }) => testimony),
        stored,
      ),
      troubles,
      notes,
    };
  } finally {
    for (const person of people) person.leave();
    await cable?.close();
    await place.stop();
    await fault.tidy?.(place);
    await place.discard();
  }
}

/** Makes accounts and a server, and lets everybody in. */
async function gather(
  place: Place,
  people: Person[],
  count: number,
): Promise<Pick<Scene, 'serverId' | 'channelId'>> {
  for (let at = 0; at < count; at += 1) people.push(new Person(`person${at}`, place.api.url));
  const [owner, ...others] = people;
  if (owner === undefined) throw new Error('Nobody is there.');
  await Promise.all(people.map((person) => person.register()));
  const { server, channels } = await owner.call('POST /api/servers', {
    body: { name: 'A place where things go wrong' },
  });
  const { code } = await owner.call('POST /api/servers/:id/invites', {
    params: { id: server.id },
    body: {},
  });
  for (const other of others) await other.call('POST /api/invites/:code', { params: { code } });
  const channel = channels.find(({ type }) => type === 'text');
  if (channel === undefined) throw new Error('The server has no channel.');
  return { serverId: server.id, channelId: channel.id };
}

/** Until everything is answered, and everybody has heard the same. */
async function settled(people: readonly Person[]): Promise<void> {
  await until(() => {
    const [first] = people;
    return people.every((person) => person.isSettled && person.seq === first?.seq);
  }, 'everyone was answered and had heard the same');
}

/** Until the database has what the first one sees; what it has then, or when patience ends. */
async function drained(
  place: Place,
  channelId: Snowflake,
  [first]: readonly Person[],
): Promise<Shown[]> {
  const seen = JSON.stringify(first?.testimony.view.map(comparable));
  const end = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const stored = await place.stored(channelId);
    const isAll = JSON.stringify(stored.map(comparable)) === seen;
    if (isAll || performance.now() > end) return stored;
    await pause(100);
  }
}

function comparable({ id, content, editedAt, removedAt, reacted = 0 }: Shown): unknown {
  return [id, content, editedAt, removedAt, reacted];
}

/** Somebody who comes when it is over, and scrolls up to the first message. */
async function lateComer(
  place: Place,
  channelId: Snowflake,
  people: readonly Person[],
): Promise<Person> {
  const [first] = people;
  if (first === undefined) throw new Error('Nobody is there.');
  const late = first.again('late-comer');
  late.enter(channelId, wsUrlOf(place.rooms.url));
  await until(() => late.snapshots > 0 && late.isSettled, 'the late comer had read everything');
  late.leave();
  return late;
}

function figuresOf(people: readonly Person[]) {
  const sum = (of: (person: Person) => number) => people.reduce((all, one) => all + of(one), 0);
  return {
    cuts: sum(({ cuts }) => cuts),
    resumes: sum(({ resumes }) => resumes),
    // The first of each is how they came in.
    snapshots: sum(({ snapshots }) => snapshots - 1),
    longestOutageMs: Math.max(...people.map(({ longestOutage }) => longestOutage)),
    longestWaitMs: Math.max(...people.map(({ longestWait }) => longestWait)),
  };
}

function wsUrlOf(url: string): string {
  return url.replace(/^http/, 'ws');
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  const end = performance.now() + SETTLED_WITHIN_MS;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await pause(20);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
