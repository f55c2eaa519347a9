import type { Snowflake } from '@harmonium/api/ids';
import { VoiceNode, type VoiceNodeOrders } from '@harmonium/api/internal';
import { TICKET_TTL_S } from '@harmonium/api/ticket';
import { z } from 'zod';
import type { Cache } from '../cache.ts';

/** A node that was not heard of for so long is not there any more, in seconds. */
export const NODE_TTL_S = 10;
/** Long past any node: names of those that are gone are taken out by the others. */
const NAMES_TTL_S = 30 * 24 * 60 * 60;
/** As long as somebody may still come with a ticket to the node, others are sent there. */
const CLAIM_TTL_S = TICKET_TTL_S;
/** Whoever replaces a value at the same moment is few: nodes and clicks, not people. */
const ATTEMPTS = 10;

const NAMES = 'voice:nodes';
const nodeKey = (id: string) => `voice:node:${id}`;
const callKey = (channelId: string) => `voice:call:${channelId}`;
const Names = z.array(z.string());

/** Which nodes of the sfu there are, and which of them holds a call. */
export interface Directory {
  /** Takes what a node says of itself. */
  beat(node: VoiceNode): Promise<VoiceNodeOrders>;
  /** Those heard of lately, in the order of their ids. */
  nodes(): Promise<VoiceNode[]>;
  /** It did not answer; its next beat brings it back. */
  forget(id: string): Promise<void>;
  /**
   * Settles which node holds a call, the same for everyone who asks at once.
   * @param pick given the id of the node it was settled on before, answers that or a better one
   */
  hold(
    channelId: Snowflake,
    pick: (claimed: string | undefined) => string | undefined,
  ): Promise<string | undefined>;
}

export function createDirectory(cache: Cache): Directory {
  async function names(): Promise<{ text: string | undefined; ids: string[] }> {
    const text = await cache.get(NAMES);
    return { text, ids: text === undefined ? [] : Names.parse(JSON.parse(text)) };
  }

  async function read(ids: readonly string[]): Promise<VoiceNode[]> {
    const texts = await Promise.all(ids.map((id) => cache.get(nodeKey(id))));
    const there = texts.filter((text) => text !== undefined);
    return there.map((text) => VoiceNode.parse(JSON.parse(text)));
  }

  /** Puts the node among the names, and takes out those who are gone. @returns the others */
  async function enlist(id: string): Promise<VoiceNode[]> {
    for (let attempt = 1; ; attempt += 1) {
      const { text, ids } = await names();
      const others = await read(ids.filter((other) => other !== id));
      const wanted = JSON.stringify([...others.map((other) => other.id), id].sort());
      if (text === wanted || (await cache.replace(NAMES, text, wanted, NAMES_TTL_S))) return others;
      if (attempt === ATTEMPTS) throw new Error('the names of voice nodes cannot be written');
    }
  }

  /** Two nodes have the call: the one it was settled on keeps it, else the first by its id. */
  async function isElsewhere(node: VoiceNode, rival: VoiceNode, channelId: string) {
    const claimed = await cache.get(callKey(channelId));
    return claimed === rival.id || (claimed !== node.id && rival.id < node.id);
  }

  return {
    async beat(node) {
      if (isLastWord(node)) await cache.delete(nodeKey(node.id));
      else await cache.set(nodeKey(node.id), JSON.stringify(node), NODE_TTL_S);
      const open = (await enlist(node.id)).filter(({ draining }) => !draining);
      const elsewhere: Snowflake[] = [];
      for (const channelId of node.calls) {
        const rival = open.find(({ calls }) => calls.includes(channelId));
        if (rival && (await isElsewhere(node, rival, channelId))) elsewhere.push(channelId);
      }
      return { elsewhere, others: open.length > 0 };
    },
    async nodes() {
      return read((await names()).ids);
    },
    async forget(id) {
      await cache.delete(nodeKey(id));
    },
    async hold(channelId, pick) {
      for (let attempt = 1; ; attempt += 1) {
        const claimed = await cache.get(callKey(channelId));
        const chosen = pick(claimed);
        if (chosen === undefined) return undefined;
        if (await cache.replace(callKey(channelId), claimed, chosen, CLAIM_TTL_S)) return chosen;
        if (attempt === ATTEMPTS) throw new Error('a call cannot be settled on a node');
      }
    },
  };
}

/** It takes no calls, and has none: nobody needs to know of it any more. */
function isLastWord({ draining, calls }: VoiceNode): boolean {
  return draining && calls.length === 0;
}
