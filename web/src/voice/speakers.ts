export interface Speakers {
  add(id: string, track: MediaStreamTrack, gain: number): void;
  remove(id: string): void;
  /** 1 is as it came, up to 2. */
  setGain(id: string, gain: number): void;
  setMuted(muted: boolean): void;
  setDevice(deviceId: string): void;
  /** Plays everything; from a click this is allowed. */
  play(): void;
  close(): void;
}

interface Voice {
  stream: MediaStream;
  /** What is heard. */
  element: HTMLAudioElement;
  boost?: Boost;
}

/** Louder than it came: an element alone cannot do that. */
interface Boost {
  /** Kept: a browser that finds nobody holding it takes it away, and the sound with it. */
  source: MediaStreamAudioSourceNode;
  gain: GainNode;
  /** Chromium feeds a remote track to nodes only while some element plays it, too. */
  anchor: HTMLAudioElement;
}

/** One audio element a voice. */
export function createSpeakers(options: { device: string; onBlocked: () => void }): Speakers {
  const voices = new Map<string, Voice>();
  let { device } = options;
  let isMuted = false;
  let context: AudioContext | undefined;

  function playOne(element: HTMLAudioElement): void {
    element.play().catch((problem: unknown) => {
      // Chromium and Safari hold sound back until the page was clicked.
      if (problem instanceof DOMException && problem.name === 'NotAllowedError') {
        options.onBlocked();
      }
    });
  }

  function route(element: HTMLAudioElement): void {
    // Not in every browser; where it is missing the system decides.
    if (!('setSinkId' in element)) return;
    element.setSinkId(device).catch(() => {
      // An unplugged device: the sound stays where it was.
    });
  }

  function boosted(voice: Voice): Boost {
    context ??= new AudioContext();
    void context.resume();
    const gain = context.createGain();
    const louder = context.createMediaStreamDestination();
    const source = context.createMediaStreamSource(voice.stream);
    source.connect(gain).connect(louder);
    const anchor = new Audio();
    anchor.srcObject = voice.stream;
    anchor.muted = true;
    playOne(anchor);
    voice.element.srcObject = louder.stream;
    voice.element.volume = 1;
    playOne(voice.element);
    return { source, gain, anchor };
  }

  function setGain(id: string, gain: number): void {
    const voice = voices.get(id);
    if (voice === undefined) return;
    if (gain > 1) voice.boost ??= boosted(voice);
    if (voice.boost === undefined) voice.element.volume = gain;
    else voice.boost.gain.gain.value = gain;
  }

  function remove(id: string): void {
    const voice = voices.get(id);
    if (voice === undefined) return;
    voice.boost?.source.disconnect();
    voice.boost?.gain.disconnect();
    for (const element of [voice.element, voice.boost?.anchor]) {
      element?.pause();
      if (element !== undefined) element.srcObject = null;
    }
    voices.delete(id);
  }

  return {
    add(id, track, gain) {
      const stream = new MediaStream([track]);
      const element = new Audio();
      element.srcObject = stream;
      element.muted = isMuted;
      if (device !== '') route(element);
      voices.set(id, { stream, element });
      setGain(id, gain);
      playOne(element);
    },
    remove,
    setGain,
    setMuted(muted) {
      isMuted = muted;
      for (const { element } of voices.values()) element.muted = muted;
    },
    setDevice(deviceId) {
      device = deviceId;
      for (const { element } of voices.values()) route(element);
    },
    play() {
      void context?.resume();
      for (const { element, boost } of voices.values()) {
        playOne(element);
        if (boost) playOne(boost.anchor);
      }
    },
    close() {
      for (const id of voices.keys()) remove(id);
      void context?.close();
    },
  };
}
