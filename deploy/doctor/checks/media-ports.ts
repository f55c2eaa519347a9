import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createTicketKeys, type TicketKeys } from '@harmonium/api/ticket';
import { readSecrets } from '../../../api/src/adapters/secrets-file.ts';
import type { Environment } from '../../../api/src/config.ts';
import { isLoopback } from '../address-kinds.ts';
import { bad, ok, warn, wordsOf, type Check, type Finding } from '../finding.ts';
import { tryMediaWays } from '../media-ways.ts';
import { takeTcp, takeUdp } from '../reach.ts';
import {
  openTestCall,
  TestCallProblem,
  type Offer,
  type TestCall,
  type VoiceDoor,
} from '../test-call.ts';
import { tellMediaWays } from './media-findings.ts';
import { knownNodes } from './voice-nodes.ts';

const MAX_DEFAULT_WORKERS = 4;
/** More workers than one machine has. */
const MAX_CALLS = 64;

/**
 * The ports behind the addresses that browsers are told. While voice runs each is asked what browsers
 * ask it first, in test calls; else it is seen whether they can be had.
 */
export const mediaPorts: Check = async ({ environment, health }) => {
  if (health?.checks['sfu']?.ok !== true) return takePorts(environment);
  const tickets = ticketsOf(environment);
  if (tickets === undefined) {
    const says = `not tried: no secrets.json in ${environment.dataDir}, and no JWT_SECRET`;
    return [ok('media ports', says)];
  }
  const nodes = await knownNodes(environment);
  const doors = nodes
    .filter(({ draining }) => !draining)
    .map(({ internalUrl, id }): VoiceDoor => ({ url: internalUrl, node: id }));
  if (doors.length === 0) return tryFirst(doorsOf(environment), tickets);
  return (await Promise.all(doors.map((door) => tryDoor(door, tickets)))).flat();
};

/** Undefined: they are not here. A doctor makes none. */
function ticketsOf(environment: Environment): TicketKeys | undefined {
  const { jwtSecret, dataDir } = environment;
  const isThere = jwtSecret !== undefined || existsSync(join(dataDir, 'secrets.json'));
  return isThere ? createTicketKeys(jwtSecret ?? readSecrets(environment).jwt) : undefined;
}

/** Voice in the same process, or else the one that tells nobody of itself. */
function doorsOf({ port, sfuUrl }: Environment): VoiceDoor[] {
  return [{ url: `http://127.0.0.1:${port}` }, { url: sfuUrl }];
}

/** The first at which voice answers. */
async function tryFirst(doors: VoiceDoor[], tickets: TicketKeys): Promise<Finding[]> {
  let findings: Finding[] = [];
  for (const door of doors) {
    const found = await tryDoor(door, tickets);
    if (found.every(({ about }) => about !== SOCKET)) return found;
    if (findings.length === 0) findings = found;
  }
  return findings;
}

const SOCKET = 'voice socket';

async function tryDoor(door: VoiceDoor, tickets: TicketKeys): Promise<Finding[]> {
  const calls: TestCall[] = [];
  try {
    await openCalls(door, tickets, calls);
    const isHere = isLoopback(new URL(door.url).hostname);
    const offers = calls.map(({ offer }) => (isHere ? offer : withoutLoopback(offer)));
    const ways = await tryMediaWays(offers);
    return ways.length > 0 ? tellMediaWays(ways, isHere) : [elsewhereOnly(door)];
  } catch (error) {
    return [noCall(door, error)];
  } finally {
    for (const call of calls) call.close();
  }
}

/** One on each worker that is free enough: each goes to the one that has least to do. */
async function openCalls(door: VoiceDoor, tickets: TicketKeys, calls: TestCall[]): Promise<void> {
  const ports = new Set<number>();
  while (calls.length < MAX_CALLS) {
    const call = await openTestCall(door, tickets);
    const [candidate] = call.offer.iceCandidates;
    const isNew = candidate !== undefined && !ports.has(candidate.port);
    if (!isNew && calls.length > 0) return call.close();
    calls.push(call);
    if (!isNew) return;
    ports.add(candidate.port);
  }
}

/** From another machine, or container, that is another place. */
function withoutLoopback(offer: Offer): Offer {
  const iceCandidates = offer.iceCandidates.filter(({ address }) => !isLoopback(address));
  return { ...offer, iceCandidates };
}

function elsewhereOnly({ url }: VoiceDoor): Finding {
  const says = `not tried: ${url} tells browsers to send to itself, which is right on that machine only`;
  return ok('media ports', says);
}

function noCall({ url }: VoiceDoor, error: unknown): Finding {
  if (error instanceof TestCallProblem && error.isTicket) {
    return bad(
      'voice ticket',
      `${url}/sfu refuses a ticket that was signed here.`,
      'Give api, rooms and sfu the same JWT_SECRET, keep their clocks by NTP, and run this with their settings.',
    );
  }
  return warn(
    SOCKET,
    `${url}/sfu opens no call: ${wordsOf(error)}`,
    'See the log of voice; SFU_URL has to lead to it where it is a process of its own.',
  );
}

async function takePorts({ sfuPort, sfuWorkers }: Environment): Promise<Finding[]> {
  const workers = sfuWorkers ?? Math.min(availableParallelism(), MAX_DEFAULT_WORKERS);
  const last = sfuPort + workers - 1;
  for (let port = sfuPort; port <= last; port += 1) {
    try {
      await Promise.all([takeTcp(port), takeUdp(port)]);
    } catch (error) {
      const cure = 'Stop what listens there, or set SFU_PORT.';
      return [bad('media ports', `${port}: ${wordsOf(error)}`, cure)];
    }
  }
  const range = workers === 1 ? `${sfuPort} is` : `${sfuPort}-${last} are`;
  const says = `${range} free; whether packets get there is tried while voice runs`;
  return [ok('media ports', says)];
}
