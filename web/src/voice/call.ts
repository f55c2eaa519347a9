import { ApiProblem } from '@harmonium/api/client';
import type { VoiceTicket } from '@harmonium/api/voice';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import type { Backoff } from '../room/backoff.ts';
import { CallConnection } from './call-connection.ts';
import type { ConnectionDeps, ConnectionHooks } from './call-connection.ts';
import { CallHandover } from './call-handover.ts';
import { CallMicrophone } from './call-microphone.ts';
import { CallShares } from './call-shares.ts';
import type { ShareEnd } from './call-shares.ts';
import { NOT_CONNECTED } from './call-state.ts';
import type { CallFailure, CallState, ShareSource } from './call-state.ts';
import { openLink } from './link.ts';
import type { Link, LinkHooks } from './link.ts';
import type { Layers } from './media.ts';
import type { Microphone } from './microphone.ts';
import type { OpenSignalling } from './signalling.ts';
import type { Cue } from './sound/cues.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface CallDeps extends ConnectionDeps {
  ticket: (channelId: string) => Promise<VoiceTicket>;
  /** Where this join was made ready, if it was. */
  waitingRoom: (channelId: string) => WaitingRoom | undefined;
  signal: OpenSignalling;
  microphone: () => Promise<Microphone>;
  backoff: Backoff;
  onChange: (state: CallState) => void;
  onCue: (cue: Cue) => void;
  /** One speaks through another microphone, since the one before went away. */
  onOtherMicrophone: (name: string) => void;
  /** A share ended otherwise than by `unshare`. */
  onShareEnded: (source: ShareSource, end: ShareEnd) => void;
}

export interface CallStart {
  channelId: string;
  muted: boolean;
  deafened: boolean;
}

/** Attempts before the first connection is given up; a call that once stood is tried for ever. */
const FIRST_ATTEMPTS = 3;
/** A socket that is back sooner was never missed, in milliseconds. */
const TOLD_AFTER_MS = 1_500;

/** Closes that trying again does not mend. */
const FINAL: ReadonlyMap<number, CallFailure> = new Map([
  [VOICE_CLOSE_CODES.replaced.code, 'replaced'],
  [VOICE_CLOSE_CODES.access_lost.code, 'access_lost'],
  [VOICE_CLOSE_CODES.disconnected.code, 'disconnected'],
]);

/** Being in one call: from the click to the leave, through lost sockets and moved nodes. */
export class Call {
  #state: CallState;
  readonly #deps: CallDeps;
  readonly #microphone: CallMicrophone;
  readonly #shares: CallShares;
  /** The one that is shown. */
  #connection: CallConnection | undefined;
  /** While there is one beside it. */
  #handover: CallHandover | undefined;
  /** Grows with each attempt: what an earlier one still brings is not wanted any more. */
  #attempt = 0;
  #failures = 0;
  #stood = false;
  #awayTimer: ReturnType<typeof setTimeout> | undefined;
  /** To where the call is by now, found while coming back to where it was. */
  #ticket: VoiceTicket | undefined;

  constructor(start: CallStart, deps: CallDeps) {
    this.#deps = deps;
    this.#state = {
      ...start,
      ...NOT_CONNECTED,
      phase: 'connecting',
      isStillHeard: false,
      microphone: 'opening',
      microphoneName: '',
      soundBlocked: false,
    };
    this.#microphone = new CallMicrophone({
      open: deps.microphone,
      onChange: (change) => this.#change(change),
      onOpened: () => this.#speak(),
      onReplaced: deps.onOtherMicrophone,
    });
    this.#shares = new CallShares({
      onChange: () => this.#eachConnection((connection) => connection.applyShares()),
      onEnded: deps.onShareEnded,
    });
  }

  get state(): CallState {
    return this.#state;
  }

  /** Connects; also what a failed call does when it is tried again. */
  async start(): Promise<void> {
    this.#failures = 0;
    this.#change({ phase: 'connecting', failure: undefined, reason: undefined });
    await this.#connect();
  }

  leave(): void {
    if (this.#state.phase === 'connected') this.#deps.onCue('left');
    this.#attempt++;
    this.#connection?.leave();
    this.#connection = undefined;
    this.#drop();
    this.#microphone.close();
    this.#shares.clear();
  }

  setMuted(muted: boolean): void {
    // Speaking while deaf is a trap: unmuting also opens the ears.
    this.#setVoice(muted, muted ? this.#state.deafened : false);
  }

  setDeafened(deafened: boolean): void {
    this.#setVoice(this.#state.muted, deafened);
  }

  async changeMicrophone(): Promise<void> {
    await this.#microphone.change();
  }

  /** Hears somebody as loud as was chosen for them. */
  changeGain(userId: string): void {
    this.#eachConnection((connection) => connection.changeGain(userId));
  }

  changeSpeaker(): void {
    this.#eachConnection(({ media }) => media?.setSpeaker(this.#deps.speaker()));
  }

  playBlocked(): void {
    this.#eachConnection(({ media }) => media?.playBlocked());
    this.#change({ soundBlocked: false });
  }

  /** Sends a camera, a screen or its sound until `unshare`, through lost connections too. */
  share(source: ShareSource, track: MediaStreamTrack): void {
    this.#shares.share(source, track);
  }

  unshare(source: ShareSource): void {
    this.#shares.unshare(source);
  }

  /** A picture that is in `shared`. Rejects when it is gone; then another one may be in `shared`. */
  async watch(producerId: string): Promise<MediaStreamTrack> {
    const pictures = this.#picturesWith(producerId);
    if (pictures === undefined) throw new Error('there is no connection to watch by');
    return pictures.watch(producerId);
  }

  /** Nothing more of it comes. */
  unwatch(producerId: string): void {
    this.#eachConnection(({ pictures }) => pictures.unwatch(producerId));
  }

  setLayers(producerId: string, layers: Layers): void {
    this.#picturesWith(producerId)?.setLayers(producerId, layers);
  }

  /** The network is another one: find out now rather than at the next ping. */
  handleNetworkChange(): void {
    this.#check(true);
  }

  /** Something else came back: what was in its way may have been in this one's. */
  handleNetworkBack(): void {
    this.#check(false);
  }

  #check(isOtherNetwork: boolean): void {
    this.#deps.backoff.wake();
    this.#eachConnection((connection) => connection.check(isOtherNetwork));
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    await this.#deps.backoff.wait();
    if (!isCurrent()) return;
    try {
      // The browser may ask its user first: until then one listens.
      if (this.#microphone.track === undefined) void this.#microphone.open();
      const room = this.#ticket ? undefined : this.#deps.waitingRoom(this.#state.channelId);
      if (room !== undefined) {
        this.#connection = this.#createConnection();
        return this.#connection.enter(room, () => this.#hasMoved(room.url));
      }
      const address = this.#ticket ?? (await this.#deps.ticket(this.#state.channelId));
      if (!isCurrent()) return;
      this.#ticket = undefined;
      this.#connection = this.#createConnection();
      this.#connection.open(address.url, (hooks) => this.#openLink(address, hooks));
    } catch (problem) {
      if (!isCurrent()) return;
      const failure = failureOf(problem);
      // A server that starts again has no voice for a moment.
      const isPassing = failure === 'unavailable' && this.#stood;
      if (failure === undefined || isPassing) this.#retry('unreachable');
      else this.#fail(failure, failure === 'unavailable' ? reasonOf(problem) : undefined);
    }
  }

  #createConnection(gainOf = this.#deps.gainOf): CallConnection {
    const connection: CallConnection = new CallConnection(
      { ...this.#deps, gainOf },
      () => this.#wishes(),
      this.#hooks(() => connection),
    );
    return connection;
  }

  #eachConnection(act: (connection: CallConnection) => void): void {
    for (const connection of new Set([this.#connection, ...(this.#handover?.connections ?? [])])) {
      if (connection !== undefined) act(connection);
    }
  }

  #openLink({ url, ticket }: VoiceTicket, hooks: LinkHooks): Link {
    const { signal, backoff } = this.#deps;
    const hasMoved = () => this.#hasMoved(url);
    return openLink({ url, ticket }, { signal, backoff, hasMoved }, hooks);
  }

  /** The ticket to where it is by now is kept. */
  async #hasMoved(url: string): Promise<boolean> {
    try {
      const now = await this.#deps.ticket(this.#state.channelId);
      if (now.url !== url) this.#ticket = now;
      return now.url !== url;
    } catch {
      return false;
    }
  }

  /** What one that is not shown brings concerns the handover alone. */
  #hooks(me: () => CallConnection): ConnectionHooks {
    const isShown = () => me() === this.#connection;
    return {
      onChange: () => void ((isShown() || me() === this.#handover?.from) && this.#arrange()),
      onStand: () => (isShown() ? this.#stand() : this.#takeOver(me())),
      onAway: () => void (isShown() && this.#tellAway()),
      onBack: () => void (isShown() && this.#tellBack()),
      onNoMedia: () => (isShown() ? this.#retry('no_media') : this.#handover?.lose(me())),
      onClose: (code) => this.#handleClose(me(), code),
      onMoved: (channelId) => void (isShown() && this.#follow(channelId)),
      onNodeClosing: () => (isShown() ? this.#goOn(me()) : this.#handover?.lose(me())),
      onSoundBlocked: () => this.#change({ soundBlocked: true }),
      onShareFailed: (source, track) => void (isShown() && this.#shares.fail(source, track)),
      onCame: (userId) => this.#meet(me(), userId),
      onWent: (userId) => this.#part(me(), userId),
    };
  }

  #wishes() {
    const { muted, deafened } = this.#state;
    return { muted, deafened, track: this.#microphone.track, shares: this.#shares.tracks };
  }

  #handleClose(by: CallConnection, code: number): void {
    const isShown = by === this.#connection;
    // It answers again: the waits were for one that did not.
    if (isShown && code === VOICE_CLOSE_CODES.not_resumed.code) this.#deps.backoff.reset();
    const failure = FINAL.get(code);
    // Whatever the place says that one has left: the call goes on in the other.
    const isLeft = !isShown && by === this.#handover?.from;
    if (failure !== undefined && !isLeft) this.#fail(failure);
    else if (isShown) this.#retry('unreachable');
    else this.#handover?.lose(by);
  }

  /** The node closes: the way to another one is made while this one is still there. */
  #goOn(from: CallConnection): void {
    if (!from.stands) return this.#retry('unreachable');
    if (this.#handover?.from === from) return;
    this.#handover?.end();
    const { backoff, gainOf, ticket } = this.#deps;
    const handover = new CallHandover({
      from,
      backoff,
      gainOf,
      ticket: () => ticket(this.#state.channelId),
      connect: (address, gain) => {
        const connection = this.#createConnection(gain);
        connection.open(address.url, (hooks) => this.#openLink(address, hooks));
        return connection;
      },
      onNowhere: () => this.#retry('unreachable'),
      onOver: () => {
        this.#handover = undefined;
        this.#arrange();
      },
    });
    this.#handover = handover;
    void handover.begin();
  }

  #takeOver(connection: CallConnection): void {
    clearTimeout(this.#awayTimer);
    this.#deps.backoff.reset();
    this.#connection = connection;
    this.#ticket = undefined;
    this.#change({ phase: 'connected', isStillHeard: false });
    this.#arrange();
    this.#handover?.stand();
  }

  #arrange(): void {
    const state = this.#connection?.state;
    if (state === undefined) return;
    const { canStream } = this.#state;
    this.#change({ ...state, shared: this.#handover?.shared(state.shared) ?? state.shared });
    if (canStream && !state.canStream) this.#shares.forbid();
  }

  /** Of the connection that brings it. */
  #picturesWith(producerId: string): CallConnection['pictures'] | undefined {
    const all = [this.#connection, ...(this.#handover?.connections ?? [])];
    const brings = all.find((one) => one?.state.shared.some((it) => it.producerId === producerId));
    return (brings ?? this.#connection)?.pictures;
  }

  #follow(channelId: string): void {
    this.#change({ channelId });
    this.#reconnect();
  }

  #meet(by: CallConnection, userId: string): void {
    const wasThere = this.#handover?.meet(by, userId) === true;
    if (by === this.#connection && !wasThere) this.#deps.onCue('joined');
  }

  #part(by: CallConnection, userId: string): void {
    // From a node that closes everyone goes, and is still in the call.
    if (by === this.#handover?.from) this.#handover.part(userId);
    else if (by === this.#connection) this.#deps.onCue('left');
  }

  #stand(): void {
    this.#deps.onCue('joined');
    this.#stood = true;
    this.#failures = 0;
    this.#deps.backoff.reset();
    this.#change({ phase: 'connected' });
  }

  /** Media goes on: most of these nobody has to know of. */
  #tellAway(): void {
    if (this.#state.phase !== 'connected') return;
    this.#awayTimer = setTimeout(
      () => this.#change({ phase: 'reconnecting', isStillHeard: true }),
      TOLD_AFTER_MS,
    );
  }

  #tellBack(): void {
    clearTimeout(this.#awayTimer);
    if (this.#state.isStillHeard) this.#change({ phase: 'connected', isStillHeard: false });
  }

  /** Connects anew, or says what is wrong with a call that never stood. */
  #retry(failure: CallFailure): void {
    if (!this.#stood && ++this.#failures >= FIRST_ATTEMPTS) this.#fail(failure);
    else this.#reconnect();
  }

  #reconnect(): void {
    if (this.#state.phase === 'connected' || this.#state.isStillHeard) this.#deps.onCue('lost');
    this.#drop();
    this.#change({ phase: this.#stood ? 'reconnecting' : 'connecting' });
    void this.#connect();
  }

  #fail(failure: CallFailure, reason?: string): void {
    if (this.#stood) this.#deps.onCue('lost');
    this.#attempt++;
    this.#drop();
    this.#microphone.close();
    this.#shares.clear();
    this.#change({ phase: 'failed', failure, reason });
  }

  #drop(): void {
    clearTimeout(this.#awayTimer);
    this.#handover?.end();
    this.#connection?.close();
    this.#connection = undefined;
    const { levels, quality, roundTripMs, stats, weak, moderated, shared } = NOT_CONNECTED;
    this.#change({
      levels,
      quality,
      roundTripMs,
      stats,
      weak,
      moderated,
      shared,
      isStillHeard: false,
    });
  }

  #speak(): void {
    this.#eachConnection((connection) => {
      if (connection.stands) connection.speakOn();
    });
  }

  #setVoice(muted: boolean, deafened: boolean): void {
    this.#change({ muted, deafened });
    this.#eachConnection((connection) => connection.applyVoice());
  }

  #change(change: Partial<CallState>): void {
    this.#state = { ...this.#state, ...change };
    this.#deps.onChange(this.#state);
  }
}

/** What trying again cannot mend. */
function failureOf(problem: unknown): CallFailure | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  if (problem.code === 'voice_unavailable') return 'unavailable';
  return [401, 403, 404].includes(problem.status) ? 'denied' : undefined;
}

/** Why this instance has no voice is known to it alone: it is being prepared, or what it lacks. */
function reasonOf(problem: unknown): string | undefined {
  const words = problem instanceof ApiProblem ? problem.body?.error.message : undefined;
  return words === '' ? undefined : words;
}
