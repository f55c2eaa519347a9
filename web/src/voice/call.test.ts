import { ApiProblem } from '@harmonium/api/client';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBackoff } from '../room/backoff.ts';
import { Call } from './call.ts';
import type { CallDeps } from './call.ts';
import type { ShareEnd } from './call-shares.ts';
import type { CallState, ShareSource } from './call-state.ts';
import { qualityOf } from './media.ts';
import type { Line, Microphone } from './microphone.ts';
import type { Cue } from './sound/cues.ts';
import { openWaitingRoom } from './waiting-room.ts';
import type { WaitingRoom } from './waiting-room.ts';
import {
  entered,
  FakeMedia,
  FakeSignalling,
  peer,
  resumed,
  waiting,
  welcome,
} from './testing/fake-sfu.ts';

const GOING_AWAY = VOICE_CLOSE_CODES.going_away.code;
/** No close frame arrived. */
const LOST = 1006;

class FakeLine implements Line {
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

describe('a call', () => {
  let sockets: FakeSignalling[];
  let medias: FakeMedia[];
  let tickets: string[];
  let sfuUrl: string;
  let room: WaitingRoom | undefined;
  let ticketFails: ApiProblem | undefined;
  let sendFails: boolean;
  let microphone: () => Promise<Microphone>;
  let line: FakeLine;
  let gains: Record<string, number>;
  let cues: Cue[];
  let others: string[];
  let ended: [ShareSource, ShareEnd][];
  let state: CallState;

  const socket = () => sockets.at(-1) ?? expect.fail('no socket was opened');
  const media = () => medias.at(-1) ?? expect.fail('no media was started');
  const settle = () => vi.advanceTimersByTimeAsync(10);

  function create(start: { muted?: boolean; deafened?: boolean } = {}): Call {
    const deps: CallDeps = {
      ticket: (channelId) => {
        tickets.push(channelId);
        if (ticketFails !== undefined) return Promise.reject(ticketFails);
        return Promise.resolve({ url: sfuUrl, ticket: 't', expiresAt: '' });
      },
      signal: (entrance, hooks) => {
        sockets.push(new FakeSignalling(entrance, hooks));
        return socket();
      },
      waitingRoom: () => room,
      startMedia: (given) => {
        const started = new FakeMedia(given);
        started.sendFails = sendFails;
        medias.push(started);
        return Promise.resolve(started);
      },
      microphone: () => microphone(),
      speaker: () => '',
      gainOf: (userId) => gains[userId] ?? 1,
      selfId: () => 'self',
      onCue: (cue) => cues.push(cue),
      onOtherMicrophone: (name) => others.push(name),
      onShareEnded: (source, end) => ended.push([source, end]),
      backoff: createBackoff({ minMs: 300, maxMs: 5_000, random: () => 1 }),
      onChange: (next) => (state = next),
    };
    return new Call({ channelId: 'lounge', muted: false, deafened: false, ...start }, deps);
  }

  async function join(start: { muted?: boolean; deafened?: boolean } = {}): Promise<Call> {
    const call = create(start);
    await call.start();
    return call;
  }

  async function joined(start: { muted?: boolean; deafened?: boolean } = {}): Promise<Call> {
    const call = await join(start);
    socket().tell(welcome([peer('1', 'Tomas')]));
    await settle();
    return call;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    medias = [];
    tickets = [];
    sfuUrl = 'ws://sfu';
    room = undefined;
    ticketFails = undefined;
    sendFails = false;
    line = new FakeLine();
    gains = {};
    cues = [];
    others = [];
    ended = [];
    microphone = () => Promise.resolve({ line });
  });
  afterEach(() => void vi.useRealTimers());

  test('a click leads to speaking and to hearing who is there', async () => {
    await join();
    expect(state.phase).toBe('connecting');
    socket().tell(welcome([peer('1', 'Tomas')]));
    await settle();
    expect(state).toMatchObject({
      phase: 'connected',
      microphone: 'on',
      roundTripMs: 24,
      quality: 4,
    });
    expect(media().isSending).toBe(true);
    expect([...media().heard]).toEqual(['voice-of-1']);
  });

  test('who comes later is heard, and who leaves is not', async () => {
    await joined();
    socket().tell({
      method: 'peerJoined',
      data: { peer: { ...peer('2', 'Yuki'), producers: [] } },
    });
    const producer = { id: 'yuki', kind: 'audio' as const, source: 'mic' as const, paused: false };
    socket().tell({ method: 'newProducer', data: { peerId: '2', producer } });
    expect([...media().heard]).toEqual(['voice-of-1', 'yuki']);
    socket().tell({ method: 'peerLeft', data: { peerId: '2' } });
    expect([...media().heard]).toEqual(['voice-of-1']);
  });

  test('without a microphone one listens, and the reason is told', async () => {
    microphone = () => Promise.resolve({ problem: 'blocked' });
    await joined();
    expect(state).toMatchObject({ phase: 'connected', microphone: 'blocked' });
    expect(media().isSending).toBe(false);
    expect(media().heard.size).toBe(1);
  });

  test('while the browser asks for the microphone one listens, and then speaks', async () => {
    let admit = (): void => {};
    microphone = () =>
      new Promise((resolve) => {
        admit = () => resolve({ line });
      });
    await joined();
    expect(state).toMatchObject({ phase: 'connected', microphone: 'opening' });
    expect(media().isSending).toBe(false);
    admit();
    await settle();
    expect(state.microphone).toBe('on');
    expect(media().isSending).toBe(true);
  });

  test('mute silences and is told; deafen also mutes; unmute opens the ears again', async () => {
    const call = await joined();
    call.setMuted(true);
    expect(media().isMuted).toBe(true);
    expect(socket().last('setState')).toEqual({ muted: true, deafened: false });
    call.setMuted(false);
    call.setDeafened(true);
    expect(media()).toMatchObject({ isMuted: true, isDeafened: true });
    expect(socket().last('setState')).toEqual({ muted: true, deafened: true });
    call.setMuted(false);
    expect(media()).toMatchObject({ isMuted: false, isDeafened: false });
  });

  test('who was muted joins muted', async () => {
    await joined({ muted: true });
    expect(media().isMuted).toBe(true);
    expect(media().wasMutedFirst).toBe(true);
    expect(socket().last('setState')).toEqual({ muted: true, deafened: false });
  });

  test('a moderator’s mute holds whatever one’s own button says', async () => {
    const call = await joined();
    socket().tell({ method: 'serverMuted', data: { muted: true, deafened: false } });
    call.setMuted(false);
    expect(media().isMuted).toBe(true);
    socket().tell({ method: 'serverMuted', data: { muted: false, deafened: false } });
    expect(media().isMuted).toBe(false);
  });

  test('whom a moderator muted is known, and so is that it was lifted', async () => {
    const silenced = { ...peer('1', 'Tomas'), serverMuted: true };
    await join();
    socket().tell(welcome([silenced, peer('2', 'Yuki')]));
    await settle();
    expect(state.moderated).toEqual({ 91: { muted: true, deafened: false } });
    const free = { muted: false, deafened: false, serverMuted: false, serverDeafened: false };
    socket().tell({
      method: 'peerState',
      data: { ...free, peerId: '2', serverDeafened: true },
    });
    socket().tell({ method: 'peerState', data: { ...free, peerId: '1' } });
    expect(state.moderated).toEqual({ 92: { muted: false, deafened: true } });
  });

  test('who is taken out of the call by a moderator is told, and stays out', async () => {
    await joined();
    socket().hooks.onClose(VOICE_CLOSE_CODES.disconnected.code);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state).toMatchObject({ phase: 'failed', failure: 'disconnected' });
    expect(tickets).toHaveLength(1);
  });

  test('deafened by a moderator one hears nothing, whatever one’s own button says', async () => {
    const call = await joined();
    socket().tell({ method: 'serverMuted', data: { muted: false, deafened: true } });
    expect(media().isDeafened).toBe(true);
    call.setDeafened(false);
    expect(media().isDeafened).toBe(true);
    socket().tell({ method: 'serverMuted', data: { muted: false, deafened: false } });
    expect(media().isDeafened).toBe(false);
  });

  test('who comes to be allowed to speak is heard without joining anew', async () => {
    const call = await joined();
    socket().tell({ method: 'permissions', data: { canSpeak: false, canStream: false } });
    expect(state.canSpeak).toBe(false);
    const before = media();
    socket().tell({ method: 'permissions', data: { canSpeak: true, canStream: true } });
    await settle();
    expect(state).toMatchObject({ phase: 'connected', canSpeak: true });
    expect(media()).toBe(before);
    expect(media().isSending).toBe(true);
    call.leave();
  });

  test('each person is as loud as was chosen for them, whoever comes when', async () => {
    gains = { 91: 0.3 };
    const call = await joined();
    expect(media().gains.get('voice-of-1')).toBe(0.3);
    socket().tell({ method: 'peerJoined', data: { peer: peer('2', 'Yuki') } });
    expect(media().gains.get('voice-of-2')).toBe(1);
    gains = { 91: 0.3, 92: 1.8 };
    call.changeGain('92');
    expect(Object.fromEntries(media().gains)).toEqual({ 'voice-of-1': 0.3, 'voice-of-2': 1.8 });
  });

  test('a microphone that is unplugged gives way to another, which is named', async () => {
    await joined();
    const first = line;
    line = new FakeLine();
    line.label = 'USB';
    first.unplug();
    await settle();
    expect(first.isStopped).toBe(true);
    expect(state).toMatchObject({ microphone: 'on', microphoneName: 'USB' });
    expect(others).toEqual(['USB']);
  });

  test('when the only microphone is unplugged one listens on, and speaks when it is back', async () => {
    const call = await joined();
    microphone = () => Promise.resolve({ problem: 'none' });
    line.unplug();
    await settle();
    expect(state).toMatchObject({ phase: 'connected', microphone: 'none', microphoneName: '' });
    microphone = () => Promise.resolve({ line });
    await call.changeMicrophone();
    expect(state.microphone).toBe('on');
    expect(others).toEqual([]);
  });

  test('coming, going and a lost connection are heard', async () => {
    await joined();
    socket().tell({ method: 'peerJoined', data: { peer: peer('2', 'Yuki') } });
    socket().tell({ method: 'peerLeft', data: { peerId: '2' } });
    socket().hooks.onClose(GOING_AWAY);
    expect(cues).toEqual(['joined', 'joined', 'left', 'lost']);
  });

  test('whose voice arrives with gaps is marked', async () => {
    await joined();
    media().lossByProducer.set('voice-of-1', 0.2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.weak).toEqual(['91']);
    media().lossByProducer.clear();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.weak).toEqual([]);
  });

  test('speaking levels belong to people', async () => {
    await joined();
    socket().tell({ method: 'speaking', data: { levels: { '1': 0.5 } } });
    expect(state.levels).toEqual({ 91: 0.5 });
  });

  test('a node that goes away is replaced by itself, with a fresh ticket, muted as before', async () => {
    const call = await joined();
    call.setMuted(true);
    const first = { socket: socket(), media: media() };
    first.socket.hooks.onClose(GOING_AWAY);
    expect(state.phase).toBe('reconnecting');
    expect(first.media.isClosed).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tickets).toHaveLength(2);
    socket().tell(welcome([peer('1', 'Tomas')]));
    await settle();
    expect(state).toMatchObject({ phase: 'connected', muted: true });
    expect(media()).not.toBe(first.media);
    expect(media().isMuted).toBe(true);
    expect(line.isStopped).toBe(false);
  });

  test('what an earlier connection still says is not heard', async () => {
    await joined();
    const first = socket();
    first.hooks.onClose(GOING_AWAY);
    await vi.advanceTimersByTimeAsync(1_000);
    first.hooks.onClose(VOICE_CLOSE_CODES.replaced.code);
    expect(state.phase).toBe('reconnecting');
  });

  test('a call that stood is tried again for as long as it takes', async () => {
    await joined();
    ticketFails = new ApiProblem(0, undefined);
    socket().hooks.onClose(GOING_AWAY);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.phase).toBe('reconnecting');
    expect(tickets.length).toBeGreaterThan(8);
  });

  test('a server that starts again and has no voice yet is waited for', async () => {
    await joined();
    ticketFails = new ApiProblem(503, {
      error: { code: 'voice_unavailable', message: '', requestId: '' },
    });
    socket().hooks.onClose(GOING_AWAY);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(state.phase).toBe('reconnecting');
    ticketFails = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    socket().tell(welcome());
    await settle();
    expect(state.phase).toBe('connected');
  });

  test('an instance without voice says why, in its own words, until it is tried again', async () => {
    const message = 'Voice is being prepared. It will be here in a few minutes.';
    ticketFails = new ApiProblem(503, {
      error: { code: 'voice_unavailable', message, requestId: '' },
    });
    const call = await join();
    await settle();
    expect(state).toMatchObject({ phase: 'failed', failure: 'unavailable', reason: message });
    ticketFails = undefined;
    void call.start();
    await settle();
    expect(state.reason).toBeUndefined();
  });

  test('joining from elsewhere ends it here, and frees the microphone', async () => {
    await joined();
    socket().hooks.onClose(VOICE_CLOSE_CODES.replaced.code);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state).toMatchObject({ phase: 'failed', failure: 'replaced' });
    expect(tickets).toHaveLength(1);
    expect(line.isStopped).toBe(true);
  });

  test('a refused ticket is not asked for again', async () => {
    ticketFails = new ApiProblem(403, undefined);
    await join();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state).toMatchObject({ phase: 'failed', failure: 'denied' });
    expect(tickets).toHaveLength(1);
  });

  test('a blocked media port is named after a few attempts', async () => {
    sendFails = true;
    await join();
    for (let attempt = 0; attempt < 3; attempt++) {
      socket().tell(welcome());
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(state).toMatchObject({ phase: 'failed', failure: 'no_media' });
  });

  test('a failed call can be joined again', async () => {
    ticketFails = new ApiProblem(503, undefined);
    const call = await join();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state).toMatchObject({ phase: 'failed', failure: 'unreachable' });
    ticketFails = undefined;
    void call.start();
    await vi.advanceTimersByTimeAsync(5_000);
    socket().tell(welcome());
    await settle();
    expect(state).toMatchObject({ phase: 'connected', failure: undefined });
  });

  test('being moved leads to the other channel', async () => {
    await joined();
    socket().tell({ method: 'moved', data: { channelId: 'stage' } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tickets).toEqual(['lounge', 'stage']);
    expect(state.channelId).toBe('stage');
  });

  describe('a lost socket', () => {
    const TOMAS = peer('1', 'Tomas');

    test('is brought back at once, while sound goes on and nothing is said of it', async () => {
      await joined();
      const { length } = sockets;
      const before = media();
      socket().lose(LOST);
      await settle();
      expect(sockets).toHaveLength(length + 1);
      expect(socket().entrance).toEqual({ url: 'ws://sfu', resume: 'token' });
      socket().tell(resumed([TOMAS]));
      await vi.advanceTimersByTimeAsync(2_000);
      expect(state).toMatchObject({ phase: 'connected', isStillHeard: false });
      expect(media()).toBe(before);
      expect(before).toMatchObject({ isClosed: false, mended: [false] });
      expect(tickets).toHaveLength(1);
      expect(cues).toEqual(['joined']);
    });

    test('that stays away is told, and that one is heard all the same', async () => {
      await joined();
      socket().lose(LOST);
      await vi.advanceTimersByTimeAsync(1_600);
      expect(state).toMatchObject({ phase: 'reconnecting', isStillHeard: true });
      expect(media().isClosed).toBe(false);
      socket().tell(resumed([TOMAS]));
      await settle();
      expect(state).toMatchObject({ phase: 'connected', isStillHeard: false });
    });

    test('brings what was missed: who went, who came, what one may', async () => {
      await joined();
      socket().lose(LOST);
      await settle();
      const came = { ...peer('2', 'Yuki'), serverMuted: true };
      socket().tell(resumed([came], { canStream: false, serverDeafened: true }));
      await settle();
      expect([...media().heard]).toEqual(['voice-of-2']);
      expect(media().isDeafened).toBe(true);
      expect(state).toMatchObject({
        canStream: false,
        moderated: { 92: { muted: true, deafened: false } },
      });
    });

    test('keeps what was asked for: it is asked again, or was done', async () => {
      await joined();
      const { request } = media().start;
      socket().isSilent = true;
      const kept: Promise<unknown>[] = [
        request('produce', { transportId: 't', kind: 'audio', source: 'mic', rtpParameters: {} }),
        request('consume', { producerId: 'p', rtpCapabilities: {} }),
      ];
      socket().lose(LOST);
      kept.push(request('restartIce', { transportId: 't' }));
      await settle();
      const mine = { id: 'mine', kind: 'audio' as const, source: 'mic' as const, paused: false };
      socket().tell(resumed([TOMAS], { producers: [mine] }));
      expect(await Promise.all(kept)).toEqual([{ producerId: 'mine' }, {}, {}]);
      const again = socket().asked.map(({ method }) => method);
      expect(again).toContain('consume');
      expect(again).toContain('restartIce');
      expect(again).not.toContain('produce');
    });

    test('is told of the mute that was pressed meanwhile', async () => {
      const call = await joined();
      socket().lose(LOST);
      call.setMuted(true);
      expect(media().isMuted).toBe(true);
      await settle();
      socket().tell(resumed([TOMAS]));
      await settle();
      expect(socket().last('setState')).toEqual({ muted: true, deafened: false });
    });

    test('is tried for as long as the sfu waits; then the call is joined anew', async () => {
      await joined();
      socket().lose(LOST);
      for (let second = 0; second < 19; second++) {
        await vi.advanceTimersByTimeAsync(1_000);
        socket().lose(LOST);
      }
      expect(state.phase).toBe('reconnecting');
      expect(media().isClosed).toBe(false);
      await vi.advanceTimersByTimeAsync(6_000);
      expect(media().isClosed).toBe(true);
      expect(socket().entrance).toMatchObject({ ticket: 't' });
      expect(cues).toEqual(['joined', 'lost']);
    });

    test('that nobody waits for leads to a fresh ticket at once', async () => {
      await joined();
      socket().lose(LOST);
      await settle();
      socket().hooks.onClose(VOICE_CLOSE_CODES.not_resumed.code);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(tickets).toHaveLength(2);
      socket().tell(welcome([TOMAS]));
      await settle();
      expect(state.phase).toBe('connected');
    });

    test('of a node that died leads to the one where the call is now', async () => {
      await joined();
      sfuUrl = 'ws://another';
      socket().lose(LOST);
      for (let attempt = 0; attempt < 4; attempt++) {
        await vi.advanceTimersByTimeAsync(700);
        if ('resume' in socket().entrance) socket().lose(LOST);
      }
      await vi.advanceTimersByTimeAsync(1_500);
      expect(socket().entrance).toMatchObject({ url: 'ws://another' });
    });

    test.each([
      ['replaced', 'replaced'],
      ['access_lost', 'access_lost'],
      ['disconnected', 'disconnected'],
    ] as const)('and %s meanwhile: it is told', async (code, failure) => {
      await joined();
      socket().lose(LOST);
      await settle();
      socket().hooks.onClose(VOICE_CLOSE_CODES[code].code);
      expect(state).toMatchObject({ phase: 'failed', failure });
    });

    test('leaving meanwhile is told as soon as it can be', async () => {
      const call = await joined();
      socket().lose(LOST);
      call.leave();
      await settle();
      expect(media().isClosed).toBe(true);
      expect(socket().isClosed).toBe(false);
      socket().tell(resumed([TOMAS]));
      // Without a code, by which the sfu knows that it was meant.
      expect(socket().isClosed).toBe(true);
    });

    test('another network: the attempt on the one before is given up, and packets find their way', async () => {
      const call = await joined();
      socket().lose(LOST);
      await settle();
      const stuck = socket();
      call.handleNetworkChange();
      expect(stuck.isClosed).toBe(true);
      expect(socket()).not.toBe(stuck);
      expect(media().mended).toEqual([true]);
    });

    test('media that is lost, too, is mended when the socket is back', async () => {
      await joined();
      const before = media();
      socket().lose(LOST);
      before.start.hooks.onFailed();
      expect(before.isClosed).toBe(false);
      await settle();
      socket().tell(resumed([TOMAS]));
      expect(before.mended).toEqual([false]);
      before.start.hooks.onFailed();
      expect(before.isClosed).toBe(true);
    });
  });

  describe('a large call', () => {
    const TOMAS = { ...peer('1', 'Tomas'), producers: [] };
    const YUKI = { ...peer('2', 'Yuki'), producers: [] };

    async function large(): Promise<Call> {
      const call = await join();
      const stage = [
        { producerId: 'slot-1', peerId: '1' },
        { producerId: 'slot-2', peerId: null },
      ];
      socket().tell(welcome([TOMAS, YUKI], true, { stage }));
      await settle();
      return call;
    }

    test('is heard by its slots, each as loud as the one who speaks by it', async () => {
      gains = { 91: 0.3, 92: 0 };
      const call = await large();
      expect(Object.fromEntries(media().gains)).toEqual({ 'slot-1': 0.3, 'slot-2': 1 });
      socket().tell({ method: 'stageChanged', data: { producerId: 'slot-2', peerId: '2' } });
      expect(media().gains.get('slot-2')).toBe(0);
      gains = { 91: 0.3, 92: 1.5 };
      call.changeGain('92');
      expect(Object.fromEntries(media().gains)).toEqual({ 'slot-1': 0.3, 'slot-2': 1.5 });
      socket().tell({ method: 'stageChanged', data: { producerId: 'slot-2', peerId: null } });
      expect(media().gains.get('slot-2')).toBe(1);
    });

    test('tells whose voice arrives with gaps', async () => {
      await large();
      media().lossByProducer.set('slot-1', 0.2);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(state.weak).toEqual(['91']);
    });

    test('grows out of a small one: the slots come, then the microphones go', async () => {
      await joined();
      const slot = { producerId: 'slot-1', peerId: '1' };
      socket().tell({ method: 'stageOpened', data: { stage: [slot] } });
      expect([...media().heard]).toEqual(['voice-of-1', 'slot-1']);
      const gone = { peerId: '1', producerId: 'voice-of-1' };
      socket().tell({ method: 'producerClosed', data: gone });
      expect([...media().heard]).toEqual(['slot-1']);
    });

    test('that grew while one was away is heard after it', async () => {
      await joined();
      socket().lose(LOST);
      await settle();
      const stage = [{ producerId: 'slot-1', peerId: null }];
      socket().tell(resumed([TOMAS], { stage }));
      expect([...media().heard]).toEqual(['slot-1']);
    });
  });

  describe('made ready before the click', () => {
    function prepare(): FakeSignalling {
      room = openWaitingRoom(
        { url: sfuUrl, ticket: 't' },
        {
          signal: (entrance, hooks) => {
            sockets.push(new FakeSignalling(entrance, hooks));
            return socket();
          },
          startMedia: (given) => {
            medias.push(new FakeMedia(given));
            return Promise.resolve(media());
          },
          speaker: () => '',
          backoff: createBackoff({ minMs: 300, maxMs: 5_000, random: () => 1 }),
        },
      );
      return socket();
    }

    test('the click only enters, and one hears and speaks by what is there', async () => {
      const prepared = prepare();
      expect(prepared.entrance).toMatchObject({ ticket: 't', waits: true });
      prepared.tell(waiting());
      await settle();
      expect(prepared.asked).toEqual([]);
      await join();
      await settle();
      expect(prepared.asked.map(({ method }) => method)).toEqual(['enter']);
      prepared.tell(entered([peer('1', 'Tomas')]));
      await settle();
      expect(state.phase).toBe('connected');
      expect([...media().heard]).toEqual(['voice-of-1']);
      expect(media().isSending).toBe(true);
      expect({ sockets: sockets.length, medias: medias.length, tickets }).toEqual({
        sockets: 1,
        medias: 1,
        tickets: [],
      });
    });

    test('a click that comes sooner than all is ready enters when it is', async () => {
      const prepared = prepare();
      await join();
      expect(prepared.asked).toEqual([]);
      prepared.tell(waiting());
      await settle();
      expect(prepared.last('enter')).toEqual({});
      prepared.tell(entered([]));
      await settle();
      expect(state.phase).toBe('connected');
    });

    test('a socket that closes when it is to be entered gives way to a fresh ticket', async () => {
      const prepared = prepare();
      prepared.tell(waiting());
      await join();
      room = undefined;
      prepared.lose(VOICE_CLOSE_CODES.bad_ticket.code);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(tickets).toHaveLength(1);
      socket().tell(welcome());
      await settle();
      expect(state.phase).toBe('connected');
      expect(medias.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    });

    test('who does not click leaves nothing behind', async () => {
      const prepared = prepare();
      prepared.tell(waiting());
      await settle();
      room?.close();
      await settle();
      expect(prepared.isClosed).toBe(true);
      expect(media().isClosed).toBe(true);
    });

    test('it is brought back like any other call', async () => {
      const prepared = prepare();
      prepared.tell(waiting());
      await join();
      await settle();
      prepared.tell(entered([]));
      await settle();
      prepared.lose(LOST);
      await settle();
      expect(socket().entrance).toEqual({ url: 'ws://sfu', resume: 'token' });
    });
  });

  describe('what one shares', () => {
    const track = () => Object.assign(new EventTarget(), {}) as MediaStreamTrack; // As much of it as is used.
    const camera = { id: 'cam', kind: 'video' as const, source: 'camera' as const, paused: false };

    test('is sent and shown among what everyone shares, and is gone again', async () => {
      const call = await joined();
      socket().tell({ method: 'newProducer', data: { peerId: '1', producer: camera } });
      call.share('screen', track());
      await settle();
      expect(state.shared).toEqual([
        { userId: 'self', producerId: 'own-screen', source: 'screen' },
        { userId: '91', producerId: 'cam', source: 'camera' },
      ]);
      // Looked at by whoever wants to, unlike voices.
      expect(media().heard).not.toContain('cam');
      call.unshare('screen');
      socket().tell({ method: 'producerClosed', data: { peerId: '1', producerId: 'cam' } });
      await settle();
      expect(state.shared).toEqual([]);
      expect(media().sharing.size).toBe(0);
      expect(ended).toEqual([]);
    });

    test('ends with its track, as when the browser’s own bar stops it', async () => {
      const call = await joined();
      const screen = track();
      call.share('screen', screen);
      await settle();
      screen.dispatchEvent(new Event('ended'));
      await settle();
      expect(state.shared).toEqual([]);
      expect(ended).toEqual([['screen', 'ended']]);
    });

    test('ends when it is not allowed any more', async () => {
      const call = await joined();
      call.share('camera', track());
      await settle();
      socket().tell({ method: 'permissions', data: { canSpeak: true, canStream: false } });
      await settle();
      expect(state).toMatchObject({ canStream: false, shared: [] });
      expect(ended).toEqual([['camera', 'not_permitted']]);
    });

    test('is told of when the sfu takes it not', async () => {
      const call = await joined();
      media().shareFails = true;
      call.share('camera', track());
      await settle();
      expect(state.shared).toEqual([]);
      expect(ended).toEqual([['camera', 'failed']]);
    });

    test('is turned off while it is being turned on, and stays off', async () => {
      const call = await joined();
      call.share('camera', track());
      call.unshare('camera');
      await settle();
      expect(state.shared).toEqual([]);
      expect(media().sharing.size).toBe(0);
    });

    test('is there again when the call was joined anew', async () => {
      const call = await joined();
      call.share('camera', track());
      await settle();
      socket().hooks.onClose(GOING_AWAY);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(state.shared).toEqual([]);
      socket().tell(welcome());
      await settle();
      expect(state.shared).toMatchObject([{ userId: 'self', source: 'camera' }]);
    });
  });

  test('leaving is told, and stops the microphone', async () => {
    const call = await joined();
    call.leave();
    expect(socket().asked.at(-1)?.method).toBe('leave');
    expect(socket().isClosed).toBe(true);
    expect(line.isStopped).toBe(true);
  });

  test('leaving while the browser still asks for the microphone never opens it', async () => {
    let admit = (): void => {};
    microphone = () =>
      new Promise((resolve) => {
        admit = () => resolve({ line });
      });
    const call = create();
    const starting = call.start();
    await settle();
    call.leave();
    admit();
    await starting;
    expect(socket().isClosed).toBe(true);
    expect(line.isStopped).toBe(true);
  });
});

test('connection quality falls with round trip and loss', () => {
  expect(qualityOf({ roundTripMs: 24, loss: 0 })).toBe(4);
  expect(qualityOf({ roundTripMs: 200, loss: 0 })).toBe(3);
  expect(qualityOf({ roundTripMs: 24, loss: 0.05 })).toBe(2);
  expect(qualityOf({ roundTripMs: 900, loss: 0 })).toBe(1);
});
