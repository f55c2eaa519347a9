import type { Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { Thread } from '@harmonium/api/thread';

/** As many as one question may name. */
const AT_ONCE = 50;
/** Chips that come on the screen together ask together, in milliseconds. */
const GATHER_MS = 30;

/** Undefined: nobody could be asked. */
type ThreadFacts = Thread | 'gone' | undefined;
type Answer = (facts: ThreadFacts) => void;

const waiting = new WeakMap<Client, Map<Snowflake, Map<Snowflake, Answer[]>>>();

/** What is known of a thread of a channel. */
export function threadFacts(
  call: Client,
  parentId: Snowflake,
  threadId: Snowflake,
): Promise<ThreadFacts> {
  const rooms = waiting.get(call) ?? new Map<Snowflake, Map<Snowflake, Answer[]>>();
  waiting.set(call, rooms);
  let asked = rooms.get(parentId);
  if (asked === undefined || asked.size >= AT_ONCE) {
    const gathered = new Map<Snowflake, Answer[]>();
    asked = gathered;
    rooms.set(parentId, gathered);
    setTimeout(() => {
      if (rooms.get(parentId) === gathered) rooms.delete(parentId);
      void ask(call, parentId, gathered);
    }, GATHER_MS);
  }
  const list = asked.get(threadId) ?? [];
  asked.set(threadId, list);
  return new Promise((resolve) => list.push(resolve));
}

async function ask(
  call: Client,
  parentId: Snowflake,
  asked: ReadonlyMap<Snowflake, readonly Answer[]>,
): Promise<void> {
  let found: Thread[] | undefined;
  try {
    const query = { ids: [...asked.keys()].join(',') };
    found = await call('GET /api/channels/:id/threads', { params: { id: parentId }, query });
  } catch {
    // A chip without numbers still opens its thread, when the network is back.
  }
  for (const [id, answers] of asked) {
    const facts = found && (found.find(({ channel }) => channel.id === id) ?? 'gone');
    for (const answer of answers) answer(facts);
  }
}
