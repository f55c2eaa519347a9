import type { ApiProblem } from '@harmonium/api/client';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { createBackoff } from '../../room/backoff.ts';
import { Call } from '../call.ts';
import type { CallDeps, CallStart } from '../call.ts';
import type { ShareEnd } from '../call-shares.ts';
import type { CallState, ShareSource } from '../call-state.ts';
import type { Line, Microphone } from '../microphone.ts';
import type { OpenSignalling } from '../signalling.ts';
import type { Cue } from '../sound/cues.ts';
import type { WaitingRoom } from '../waiting-room.ts';
import { FakeMedia, FakeSignalling, peer, welcome } from './fake-sfu.ts';

export class FakeLine implements Line {
  isStopped = false;
  // A track in Node is what a call does with it: it is handed on.
  track = {} as MediaStreamTrack;
  label = 'Built-in';
  hasRnnoise = false;
  unplug = (): void => {};
  adjust(): void {}
  onEnded(listener: () => void): void {
    this.unplug = listener;
  }
  close = (): void => void (this.isStopped = true);
}

/** What a call finds around it, and what became of it. */
interface Around {
  sfuUrl: string;
  room: WaitingRoom | undefined;
  ticketFails: ApiProblem | undefined;
  sendFails: boolean;
  line: FakeLine;
  microphone: () => Promise<Microphone>;
  gains: Record<string, number>;
  sockets: FakeSignalling[];
  medias: FakeMedia[];
  /** The channels that tickets were asked for. */
  tickets: string[];
  cues: Cue[];
  /** Microphones that took the place of one that went away. */
  others: string[];
  ended: [ShareSource, ShareEnd][];
  state: CallState;
}

type Started = Partial<Pick<CallStart, 'muted' | 'deafened'>>;

export const backoff = () => createBackoff({ minMs: 300, maxMs: 5_000, random: () => 1 });

/** A call among fakes, anew for each test of the file, at a clock that the test moves. */
export function callScene() {
  // Filled before each test.
  const scene = {} as Around;

  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(scene, {
      sfuUrl: 'ws://sfu',
      room: undefined,
      ticketFails: undefined,
      sendFails: false,
      line: new FakeLine(),
      microphone: () => Promise.resolve({ line: scene.line }),
      gains: {},
      sockets: [],
      medias: [],
      tickets: [],
      cues: [],
      others: [],
      ended: [],
    } satisfies Omit<Around, 'state'>);
  });
  afterEach(() => void vi.useRealTimers());

  /** The youngest. */
  const socket = () => scene.sockets.at(-1) ?? expect.fail('no socket was opened');
  const media = () => scene.medias.at(-1) ?? expect.fail('no media was started');
  const settle = () => vi.advanceTimersByTimeAsync(10);

  const signal: OpenSignalling = (entrance, hooks) => {
    scene.sockets.push(new FakeSignalling(entrance, hooks));
    return socket();
  };

  const startMedia: CallDeps['startMedia'] = (given) => {
    const started = new FakeMedia(given);
    started.sendFails = scene.sendFails;
    scene.medias.push(started);
    return Promise.resolve(started);
  };

  function create(start: Started = {}): Call {
    const deps: CallDeps = {
      ticket: (channelId) => {
        scene.tickets.push(channelId);
        if (scene.ticketFails !== undefined) return Promise.reject(scene.ticketFails);
        return Promise.resolve({ url: scene.sfuUrl, ticket: 't', expiresAt: '' });
      },
      signal,
      waitingRoom: () => scene.room,
      startMedia,
      microphone: () => scene.microphone(),
      speaker: () => '',
      gainOf: (userId) => scene.gains[userId] ?? 1,
      selfId: () => 'self',
      onCue: (cue) => scene.cues.push(cue),
      onOtherMicrophone: (name) => scene.others.push(name),
      onShareEnded: (source, end) => scene.ended.push([source, end]),
      backoff: backoff(),
      onChange: (next) => (scene.state = next),
    };
    return new Call({ channelId: 'lounge', muted: false, deafened: false, ...start }, deps);
  }

  async function join(start: Started = {}): Promise<Call> {
    const call = create(start);
    await call.start();
    return call;
  }

  /** Tomas is there. */
  async function joined(start: Started = {}): Promise<Call> {
    const call = await join(start);
    socket().tell(welcome([peer('1', 'Tomas')]));
    await settle();
    return call;
  }

  return Object.assign(scene, {
    socket,
    media,
    settle,
    signal,
    startMedia,
    create,
    join,
    joined,
  });
}
