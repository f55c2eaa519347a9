import type { Notification, Notifications } from '@harmonium/sfu/notification';
import { CallPeople } from './call-people.ts';
import type { GainOf } from './call-people.ts';
import { NOT_CONNECTED } from './call-state.ts';
import type { ConnectionState, Shared, ShareSource } from './call-state.ts';
import { qualityOf } from './media.ts';
import type { Media, MediaHooks, StartMedia } from './media.ts';
import type { WaitingRoom } from './waiting-room.ts';
import type { Link, LinkDeps, LinkHooks } from './link.ts';
import { WatchedPictures } from './watched-pictures.ts';

const STATS_EVERY_MS = 2_000;

/** What one wants to send and to hear, whatever the connection. */
export interface Wishes {
  muted: boolean;
  deafened: boolean;
  track: MediaStreamTrack | undefined;
  shares: ReadonlyMap<ShareSource, MediaStreamTrack>;
}

export interface ConnectionDeps {
  startMedia: StartMedia;
  speaker: () => string;
  gainOf: GainOf;
  selfId: () => string;
}

export interface ConnectionHooks {
  onChange: (state: ConnectionState) => void;
  /** One hears, and is heard if one can be. */
  onStand: () => void;
  /** No packets get through, or no more. */
  onNoMedia: () => void;
  /** The signalling is lost for a moment, and media goes on. */
  onAway: () => void;
  onBack: () => void;
  onClose: (code: number) => void;
  onMoved: (channelId: string) => void;
  onNodeClosing: () => void;
  onSoundBlocked: () => void;
  onShareFailed: (source: ShareSource, track: MediaStreamTrack) => void;
  /** Somebody else, while one is there. */
  onCame: (userId: string) => void;
  onWent: (userId: string) => void;
}

/** One connection to a call: its signalling, its media, and who is there. */
export class CallConnection {
  readonly #deps: ConnectionDeps;
  readonly #hooks: ConnectionHooks;
  readonly #wishes: () => Wishes;
  readonly #people: CallPeople;
  readonly pictures = new WatchedPictures(() => this.#media);
  #state = NOT_CONNECTED;
  #url: string | undefined;
  #link: Link | undefined;
  #isAway = false;
  #prepared: Promise<Media> | undefined;
  #media: Media | undefined;
  #statsTimer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;
  /** What is sent of what one shares. */
  readonly #sent = new Map<ShareSource, { producerId: string; track: MediaStreamTrack }>();
  /** One at a time: a camera turned off while it is being turned on. */
  #sharing = Promise.resolve();
  #othersShare: readonly Shared[] = [];

  constructor(deps: ConnectionDeps, wishes: () => Wishes, hooks: ConnectionHooks) {
    this.#deps = deps;
    this.#wishes = wishes;
    this.#hooks = hooks;
    this.#people = new CallPeople({
      gainOf: deps.gainOf,
      onChange: ({ shared, ...change }) => {
        this.#change(change);
        if (shared !== undefined) this.#changeShared(shared);
      },
    });
  }

  get media(): Media | undefined {
    return this.#media;
  }

  /** It stood, and has not been given up. */
  get stands(): boolean {
    return this.#statsTimer !== undefined && !this.#isClosed;
  }

  /** Where it leads. */
  get url(): string | undefined {
    return this.#url;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The others. */
  get userIds(): string[] {
    return this.#people.userIds;
  }

  /** Their words come by this, should they say any. */
  hears(userId: string): boolean {
    return !this.#isClosed && this.#people.hears(userId);
  }

  open(url: string, openLink: (hooks: LinkHooks) => Link): void {
    this.#url = url;
    this.#link = openLink(this.#linkHooks());
  }

  /** Joins by what was made ready. */
  enter(room: WaitingRoom, hasMoved: LinkDeps['hasMoved']): void {
    const { link, media } = room.enter({ ...this.#linkHooks(), ...this.#mediaHooks() }, hasMoved);
    this.#url = room.url;
    this.#link = link;
    this.#prepared = media;
    media.catch(() => this.#isClosed || this.#hooks.onNoMedia());
  }

  leave(): void {
    this.#link?.leave();
    this.#end();
  }

  close(): void {
    this.#link?.close();
    this.#end();
  }

  changeGain(userId: string): void {
    this.#people.changeGain(userId);
  }

  changeGains(): void {
    this.#people.changeGains();
  }

  /** Finds out at once what else the next ping would. */
  check(isOtherNetwork: boolean): void {
    this.#link?.check(isOtherNetwork);
    this.#media?.mend(isOtherNetwork);
  }

  /** Brings what is sent and heard in line with what is wanted, and tells it. */
  applyVoice(): void {
    this.#applyEars();
    void this.#applyMute();
    this.#tell();
  }

  /** A microphone is there, or another one. */
  speakOn(): void {
    this.#speak().catch(() => this.#isClosed || this.#hooks.onNoMedia());
  }

  /** Brings what is shared in line with what is wanted. */
  applyShares(): void {
    this.#sharing = this.#sharing.then(() => this.#applyShares());
  }

  #handle(notification: Notification): void {
    const { method, data } = notification;
    switch (method) {
      case 'welcome':
        return void this.#enter(data, () => this.#startMedia(data));
      case 'peerJoined':
        this.#people.meet(data.peer);
        return this.#hooks.onCame(data.peer.user.id);
      case 'peerLeft':
        return this.#part(data.peerId);
      case 'peerState':
        return this.#people.remember(data);
      case 'newProducer':
        return this.#people.produce(data);
      case 'producerClosed':
        return this.#people.unproduce(data);
      case 'speaking':
        return this.#people.setLevels(data.levels);
      case 'stageOpened':
        return this.#people.openStage(data.stage);
      case 'stageChanged':
        return this.#people.changeStage(data);
      case 'permissions':
        return this.#permit(data);
      case 'serverMuted':
        this.#change({ serverMuted: data.muted, serverDeafened: data.deafened });
        this.#applyEars();
        return void this.#applyMute();
      case 'moved':
        return this.#hooks.onMoved(data.channelId);
      case 'nodeClosing':
        return this.#hooks.onNodeClosing();
      case 'resumed':
        return this.#resume(data);
      case 'waiting':
        // The waiting room's own.
        return;
      case 'entered':
        return void this.#enter(
          data,
          () => this.#prepared ?? Promise.reject(new Error('no media')),
        );
      case 'producerPaused':
        // Who is muted comes by the server room, also to those outside of the call.
        return;
    }
  }

  #part(peerId: string): void {
    const userId = this.#people.part(peerId);
    if (userId !== undefined) this.#hooks.onWent(userId);
  }

  async #enter(place: Notifications['entered'], startMedia: () => Promise<Media>): Promise<void> {
    this.#arrange(place);
    try {
      const media = await startMedia();
      if (this.#isClosed) return media.close();
      this.#media = media;
      media.setSpeaker(this.#deps.speaker());
      this.#applyEars();
      this.#tell();
      this.#people.hearBy(media);
      await this.#applyMute();
      await this.#speak();
      if (!this.#isClosed) this.#stand();
    } catch {
      if (!this.#isClosed) this.#hooks.onNoMedia();
    }
  }

  async #startMedia(welcome: Notifications['welcome']): Promise<Media> {
    if (this.#link === undefined) throw new Error('there is no link to start by');
    return this.#deps.startMedia({
      welcome,
      request: this.#link.request,
      speaker: this.#deps.speaker(),
      hooks: this.#mediaHooks(),
    });
  }

  #mediaHooks(): MediaHooks {
    return {
      // While the socket is away nothing can be mended: see `#resume`.
      onFailed: () => this.#isClosed || this.#isAway || this.#hooks.onNoMedia(),
      onSoundBlocked: () => this.#isClosed || this.#hooks.onSoundBlocked(),
    };
  }

  #linkHooks(): LinkHooks {
    return {
      onNotification: (notification) => this.#isClosed || this.#handle(notification),
      onAway: () => {
        this.#isAway = true;
        if (!this.#isClosed) this.#hooks.onAway();
      },
      onClose: (code) => this.#isClosed || this.#hooks.onClose(code),
    };
  }

  /** Back by another socket: what was missed is told, and packets find their way again. */
  #resume(resumed: Notifications['resumed']): void {
    this.#isAway = false;
    this.#arrange(resumed);
    if (resumed.canSpeak) this.speakOn();
    this.#media?.mend(false);
    this.applyVoice();
    this.#hooks.onBack();
  }

  #arrange(place: Notifications['entered']): void {
    const { canSpeak, canStream, serverMuted, serverDeafened } = place;
    this.#change({ canSpeak, canStream, serverMuted, serverDeafened });
    this.#people.arrange(place);
  }

  #end(): void {
    this.#isClosed = true;
    clearInterval(this.#statsTimer);
    if (this.#media !== undefined) return this.#media.close();
    this.#prepared?.then(
      (media) => media.close(),
      () => {
        // It never began.
      },
    );
  }

  #stand(): void {
    this.#hooks.onStand();
    this.applyShares();
    this.#statsTimer = setInterval(() => void this.#measure(), STATS_EVERY_MS);
    void this.#measure();
    // Another microphone may have come while packets found their way.
    this.speakOn();
  }

  /** What was sent before goes on by itself; who could not speak at first begins now. */
  #permit({ canSpeak, canStream }: Notifications['permissions']): void {
    this.#change({ canSpeak, canStream });
    if (canSpeak) this.speakOn();
  }

  async #speak(): Promise<void> {
    const { track } = this.#wishes();
    if (track === undefined || !this.#state.canSpeak) return;
    await this.#media?.send(track);
  }

  #applyEars(): void {
    this.#media?.setDeafened(this.#wishes().deafened || this.#state.serverDeafened);
  }

  /** Who is deaf does not speak either. */
  async #applyMute(): Promise<void> {
    const { muted, deafened } = this.#wishes();
    try {
      await this.#media?.setMuted(muted || deafened || this.#state.serverMuted);
    } catch {
      // The socket is going: the next connection starts with this state.
    }
  }

  #tell(): void {
    const { muted, deafened } = this.#wishes();
    this.#link?.request('setState', { muted: muted || deafened, deafened }).catch(() => {
      // Told again after the reconnect that follows.
    });
  }

  async #applyShares(): Promise<void> {
    const media = this.#media;
    if (media === undefined || this.#isClosed) return;
    const wanted = this.#wishes().shares;
    for (const source of this.#sent.keys()) {
      if (wanted.has(source)) continue;
      this.#sent.delete(source);
      await media.unshare(source).catch(() => {
        // The socket is going, and what was shared with it.
      });
    }
    for (const [source, track] of wanted) {
      if (this.#sent.get(source)?.track === track) continue;
      try {
        this.#sent.set(source, { producerId: await media.share(source, track), track });
      } catch {
        if (!this.#isClosed) this.#hooks.onShareFailed(source, track);
      }
    }
    this.#changeShared(this.#othersShare);
  }

  #changeShared(others: readonly Shared[]): void {
    this.#othersShare = others;
    const userId = this.#deps.selfId();
    const own = [...this.#sent].map(([source, { producerId }]) => ({ userId, producerId, source }));
    this.#change({ shared: [...own, ...others] });
  }

  async #measure(): Promise<void> {
    const stats = await this.#media?.stats();
    if (stats === undefined || this.#isClosed) return;
    this.#change({ roundTripMs: stats.roundTripMs, quality: qualityOf(stats), stats });
    this.#people.measure(stats);
  }

  #change(change: Partial<ConnectionState>): void {
    if (this.#isClosed) return;
    this.#state = { ...this.#state, ...change };
    this.#hooks.onChange(this.#state);
  }
}
