import { ApiProblem } from '@harmonium/api/client';
import { TICKET_TTL_S } from '@harmonium/api/ticket-life';
import type { VoiceTicket } from '@harmonium/api/voice';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import type { IceServer, Notifications } from '@harmonium/sfu/notification';
import type { StartMedia } from '../media.ts';
import type { Microphone } from '../microphone.ts';
import type { Request, Signalling, SignallingHooks } from '../signalling.ts';
import type { Leg, Legs, Way } from './legs.ts';
import { addressesOf, describesTransport, tryWay } from './way.ts';

/** Quieter than any room: a microphone that hears at all hears more. */
const SILENT_DB = -80;

export interface TestDeps {
  ticket: () => Promise<VoiceTicket>;
  signal: (address: VoiceTicket, hooks: SignallingHooks) => Signalling;
  startMedia: StartMedia;
  askForRelay: (servers: readonly IceServer[]) => Promise<'ok' | 'none' | 'unreachable' | 'denied'>;
  /** Tells how loud it is, in dBFS, for as long as it is open. */
  microphone: (onLevel: (levelDb: number) => void) => Promise<Microphone>;
  tone: () => { track: MediaStreamTrack; close: () => void };
  /** Another socket to this instance is open. */
  hasSocket: () => boolean;
  now: () => number;
  wait: (ms: number) => Promise<void>;
}

/** What was found so far, and what is looked at. */
export interface Progress {
  legs: Legs;
  running: ReadonlySet<Leg>;
}

interface Run {
  deps: TestDeps;
  isStopped: () => boolean;
  found: (legs: Legs) => void;
  looking: (leg: Leg, isLooking: boolean) => void;
}

/**
 * Goes the way of a call leg by leg, in a call with nobody else, and tells each thing it finds. Ends
 * at a leg that all others need.
 */
export async function runConnectionTest(
  deps: TestDeps,
  onProgress: (progress: Progress) => void,
  isStopped: () => boolean,
): Promise<Legs> {
  let legs: Legs = {};
  const running = new Set<Leg>();
  const tell = () => void (isStopped() || onProgress({ legs, running: new Set(running) }));
  const run: Run = {
    deps,
    isStopped,
    found(more) {
      legs = { ...legs, ...more };
      tell();
    },
    looking(leg, isLooking) {
      if (isLooking) running.add(leg);
      else running.delete(leg);
      tell();
    },
  };
  const listening = listen(run);
  try {
    await goTheWay(run);
  } finally {
    await listening.end();
  }
  return legs;
}

/** Beside all the rest: the longer one listens, the surer is silence. */
function listen({ deps, found, looking }: Run) {
  let loudestDb = -Infinity;
  looking('microphone', true);
  const opening = deps.microphone((levelDb) => {
    if (levelDb <= loudestDb) return;
    loudestDb = levelDb;
    if (levelDb > SILENT_DB) found({ microphone: 'ok' });
  });
  return {
    async end(): Promise<void> {
      const { line, problem } = await opening;
      line?.close();
      looking('microphone', false);
      if (line === undefined) found({ microphone: problem });
      // A browser that shows no levels opened it all the same.
      else if (loudestDb !== -Infinity && loudestDb <= SILENT_DB) found({ microphone: 'silent' });
      else found({ microphone: 'ok' });
    },
  };
}

async function goTheWay(run: Run): Promise<void> {
  const address = await look(run, 'ticket', () => askForTicket(run));
  if (address === undefined || run.isStopped()) return;
  const entered = await look(run, 'socket', () => enter(run, address));
  if (entered === undefined) return;
  const tone = run.deps.tone();
  try {
    await tryWays(run, entered, tone.track);
  } finally {
    tone.close();
    entered.signalling.request('leave', {}).catch(() => {
      // It ended by itself.
    });
    entered.signalling.close();
  }
}

async function look<Found>(run: Run, leg: Leg, work: () => Promise<Found>): Promise<Found> {
  run.looking(leg, true);
  try {
    return await work();
  } finally {
    run.looking(leg, false);
  }
}

async function askForTicket({ deps, found }: Run): Promise<VoiceTicket | undefined> {
  const asked = deps.now();
  try {
    const ticket = await deps.ticket();
    const issued = Date.parse(ticket.expiresAt) - TICKET_TTL_S * 1000;
    const between = (asked + deps.now()) / 2;
    found({ ticket: 'ok', clock: Math.round((between - issued) / 1000) });
    return ticket;
  } catch (problem) {
    found(ofProblem(problem));
    return undefined;
  }
}

function ofProblem(problem: unknown): Legs {
  if (!(problem instanceof ApiProblem) || problem.code === 'offline') {
    return { ticket: 'unreachable' };
  }
  if (problem.code === 'rate_limited') return { ticket: 'often' };
  if (problem.code !== 'voice_unavailable') return { ticket: 'unreachable' };
  const reason = problem.body?.error.message;
  return { ticket: 'unavailable', ...(reason ? { reason } : {}) };
}

interface Entered {
  signalling: Signalling;
  welcome: Notifications['welcome'];
}

async function enter({ deps, found }: Run, address: VoiceTicket): Promise<Entered | undefined> {
  let isIn = false;
  const welcomed = Promise.withResolvers<Notifications['welcome'] | number>();
  const signalling = deps.signal(address, {
    onNotification(notification) {
      if (notification.method === 'welcome') welcomed.resolve(notification.data);
    },
    onClose(code) {
      welcomed.resolve(code);
      // It opened, and was cut while the ways were tried.
      if (isIn) found({ socket: 'refused' });
    },
  });
  const welcome = await welcomed.promise;
  if (typeof welcome !== 'number') {
    isIn = true;
    found({ socket: 'ok' });
    return { signalling, welcome };
  }
  if (welcome === VOICE_CLOSE_CODES.bad_ticket.code) found({ socket: 'expired' });
  else if (welcome === VOICE_CLOSE_CODES.call_failed.code) found({ socket: 'failed' });
  else found({ socket: deps.hasSocket() ? 'refused' : 'closed' });
  return undefined;
}

async function tryWays(run: Run, entered: Entered, tone: MediaStreamTrack): Promise<void> {
  const { deps, found } = run;
  const { welcome, signalling } = entered;
  const request: Request = async (method, data) => {
    const answer = await signalling.request(method, data);
    if (describesTransport(answer)) found({ media: addressesOf(answer) });
    return answer;
  };
  let isMeasured = false;
  const attempt = async (way: Way): Promise<void> => {
    if (run.isStopped()) return;
    const { startMedia, wait } = deps;
    const through = await look(run, way, () =>
      tryWay(way, { startMedia, welcome, request, tone, wait }),
    );
    found({ [way]: through ? 'ok' : 'blocked' });
    if (through !== undefined && !isMeasured) {
      isMeasured = true;
      found({ quality: await look(run, 'quality', through.measure) });
    }
    through?.close();
  };
  await attempt('udp');
  await attempt('tcp');
  if (run.isStopped()) return;
  const relay = await look(run, 'relay', () => deps.askForRelay(welcome.iceServers));
  if (relay === 'ok') await attempt('relay');
  else found({ relay });
}
