import type { VoiceNode } from '@harmonium/api/internal';
import type { Environment } from '../../../api/src/config.ts';
import { openCache } from '../../../api/src/adapters/backends-node.ts';
import { createDirectory } from '../../../api/src/voice-nodes/directory.ts';
import { bad, ok, wordsOf, type Check, type Finding } from '../finding.ts';

const ANSWER_WITHIN_MS = 5_000;
const nothing = () => undefined;

/** Each node that told the api of itself: whether it answers there, and where browsers look for it. */
export const voiceNodes: Check = async ({ environment }) => {
  const nodes = await knownNodes(environment);
  return (await Promise.all(nodes.map(examineNode))).flat();
};

/** The nodes that told the api of themselves; none where the cache is in memory, or cannot be read. */
export async function knownNodes(environment: Environment): Promise<VoiceNode[]> {
  // In memory they are another process's.
  if (environment.redisUrl === undefined && environment.upstash === undefined) return [];
  const log = { error: nothing, warn: nothing, info: nothing, debug: nothing };
  const cache = await openCache(environment, { secret: '', now: Date.now, log });
  try {
    return await createDirectory(cache).nodes();
  } catch {
    // What is wrong with the cache is found where it is looked at.
    return [];
  } finally {
    await cache.close();
  }
}

async function examineNode(node: VoiceNode): Promise<Finding[]> {
  const { internalUrl, publicUrl, peers, load, draining } = node;
  const about = 'voice node';
  const findings: Finding[] = [];
  try {
    const health: unknown = await (await ask(`${internalUrl}/health`)).json();
    const isIt = typeof health === 'object' && health !== null && 'id' in health;
    if (!isIt || health.id !== node.id) throw new Error('another process answers there');
    const state = draining ? 'sends its people on and stops' : `load ${Math.round(load * 100)} %`;
    findings.push(ok(about, `${internalUrl}: people in calls ${peers}, ${state}`));
  } catch (error) {
    const cure = 'SFU_NODE_URL, where it runs, has to be an address that this machine reaches.';
    findings.push(bad(about, `${internalUrl} does not answer: ${wordsOf(error)}`, cure));
  }
  if (publicUrl !== undefined) {
    try {
      await ask(`${publicUrl}/sfu`);
    } catch (error) {
      const cure = 'SFU_PUBLIC_URL, where it runs, has to be an address that browsers reach.';
      findings.push(bad(about, `${publicUrl} does not answer: ${wordsOf(error)}`, cure));
    }
  }
  return findings;
}

function ask(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
}
