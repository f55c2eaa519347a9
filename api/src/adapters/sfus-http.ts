import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceNode } from '@harmonium/api/internal';
import type { Cache } from '../cache.ts';
import type { NoVoice, SfuChoice, Sfus } from '../sfus.ts';
import { createDirectory, NODE_TTL_S } from '../voice-nodes/directory.ts';
import { pickNode } from '../voice-nodes/pick-node.ts';
import { reachSfuNode, type SfuNode, type SfuNodeOptions } from './sfu-node-http.ts';

export interface HttpSfusOptions extends SfuNodeOptions {
  /** Where nodes say that they are there. */
  cache: Cache;
  /** The one node that carries every call while none has said so, without a slash at the end. */
  url: string;
  /** Where clients reach that one; absent: at the origin they came by. */
  publicUrl?: string | undefined;
  now: () => number;
}

/** How long a yes to "are you there?" is good for: from the one node, and for who is sent to one. */
const HEALTH_TTL_MS = 10_000;
const NODE_HEALTH_TTL_MS = 1_000;
/** A no is good for so long, or until it speaks: a voice worker is started again in less. */
const ABSENT_TTL_MS = 500;
/** How long it is good for pages that ask whether there is voice at all. */
const NODES_TTL_MS = 2_000;

const NO_ANSWER = { reason: 'The voice server does not answer.' } satisfies NoVoice;
const RESTARTING = {
  reason: 'The voice server is being started again. It will be back in a moment.',
} satisfies NoVoice;

interface Known {
  node: VoiceNode;
  /** When this process read of it. */
  heardAt: number;
  /** How many it sent there since the node last spoke. */
  sent: number;
}

/** The nodes that said that they are there; while none has, the one that is known by its address. */
export function createHttpSfus(options: HttpSfusOptions): Sfus {
  const { url, publicUrl, cache, now } = options;
  const directory = createDirectory(cache);
  const single = reachSfuNode(url, options);
  /** As they last spoke, also for when the cache is away. */
  let known = new Map<string, Known>();
  let listed: { nodes: VoiceNode[]; until: number } = { nodes: [], until: 0 };
  const healths = new Map<string, { isThere: boolean; until: number }>();

  async function nodesNow(): Promise<VoiceNode[]> {
    try {
      const nodes = await directory.nodes();
      remember(nodes);
      if (nodes.length > 0) return nodes;
    } catch {
      // Said below.
    }
    // A cache that is away, or forgot: what was known is better, and who is gone shows when asked.
    return [...known.values()].map(({ node }) => node);
  }

  function remember(nodes: VoiceNode[]): void {
    const at = now();
    const before = known;
    // One that was emptied said goodbye; any other may only be late.
    const mayBeThere = ({ node, heardAt }: Known) =>
      !node.draining && at - heardAt < NODE_TTL_S * 1000;
    known = new Map([...before].filter(([, entry]) => mayBeThere(entry)));
    for (const node of nodes) {
      const old = before.get(node.id);
      // The same words again: it has not spoken since.
      const isSame = old !== undefined && JSON.stringify(old.node) === JSON.stringify(node);
      known.set(node.id, { node, heardAt: at, sent: isSame ? old.sent : 0 });
    }
    listed = { nodes, until: at + NODES_TTL_MS };
  }

  /** Asked no more than once in a while. @param goodFor milliseconds, of a yes */
  async function isThere(place: string, ask: () => Promise<boolean>, goodFor: number) {
    const health = healths.get(place);
    if (health !== undefined && health.until > now()) return health.isThere;
    const answered = await ask();
    for (const [other, { until }] of healths) if (until <= now()) healths.delete(other);
    healths.set(place, { isThere: answered, until: now() + (answered ? goodFor : ABSENT_TTL_MS) });
    return answered;
  }

  async function singleTrouble(): Promise<NoVoice | undefined> {
    const ask = () => single.answers();
    return (await isThere(url, ask, HEALTH_TTL_MS)) ? undefined : NO_ANSWER;
  }

  /** Of these nodes the one for the call; without a cache as far as this process knows. */
  async function settle(channelId: Snowflake, nodes: VoiceNode[]): Promise<VoiceNode | undefined> {
    const sentTo = (id: string) => known.get(id)?.sent ?? 0;
    const pick = (claimed: string | undefined) => pickNode(nodes, { channelId, claimed, sentTo });
    try {
      const id = await directory.hold(channelId, (claimed) => pick(claimed)?.id);
      return nodes.find((node) => node.id === id);
    } catch {
      return pick(undefined);
    }
  }

  async function chooseAmong(
    nodes: VoiceNode[],
    channelId: Snowflake,
    origin: string,
  ): Promise<SfuChoice | NoVoice> {
    const node = await settle(channelId, nodes);
    if (node === undefined) return nodes.length > 0 ? RESTARTING : NO_ANSWER;
    const { id, internalUrl } = node;
    const ask = () => reachSfuNode(internalUrl, options).answers(id);
    if (await isThere(id, ask, NODE_HEALTH_TTL_MS)) {
      const entry = known.get(id);
      if (entry !== undefined) entry.sent += 1;
      return { url: signallingOf(node.publicUrl ?? origin), node: id };
    }
    // A cache that is away has forgotten it already.
    await directory.forget(id).then(
      () => healths.delete(id),
      () => undefined,
    );
    const others = nodes.filter((other) => other.id !== id);
    return chooseAmong(others, channelId, origin);
  }

  /** Asks every node that may hold somebody: also those that were heard of a moment ago. */
  async function askAll<Answer>(ask: (node: SfuNode) => Promise<Answer>): Promise<Answer[]> {
    await nodesNow();
    const urls = [...known.values()].map(({ node }) => node.internalUrl);
    if (urls.length === 0) return [await ask(single)];
    return Promise.all([...new Set(urls)].map((each) => ask(reachSfuNode(each, options))));
  }

  return {
    async trouble() {
      const nodes = listed.until > now() ? listed.nodes : await nodesNow();
      if (nodes.length === 0) return singleTrouble();
      return nodes.every(({ draining }) => draining) ? RESTARTING : undefined;
    },
    async choose(channelId, origin) {
      const nodes = await nodesNow();
      if (nodes.length > 0) return chooseAmong(nodes, channelId, origin);
      return (await singleTrouble()) ?? { url: signallingOf(publicUrl ?? origin) };
    },
    async disconnect(request) {
      await askAll((node) => node.disconnect(request));
    },
    async accessChanged(request) {
      return (await askAll((node) => node.accessChanged(request))).flat();
    },
    async places(request) {
      return (await askAll((node) => node.places(request))).flat();
    },
    async move(request) {
      return (await askAll((node) => node.move(request))).includes(true);
    },
    async permit(places) {
      await askAll((node) => node.permit(places));
    },
  };
}

function signallingOf(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/sfu`;
}
