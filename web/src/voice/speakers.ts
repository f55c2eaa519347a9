export interface Speakers {
  add(id: string, track: MediaStreamTrack): void;
  remove(id: string): void;
  setMuted(muted: boolean): void;
  setDevice(deviceId: string): void;
  /** Plays everything; from a click this is allowed. */
  play(): void;
  close(): void;
}

/** One audio element a voice. */
export function createSpeakers(options: { device: string; onBlocked: () => void }): Speakers {
  const elements = new Map<string, HTMLAudioElement>();
  let { device } = options;
  let isMuted = false;

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

  function remove(id: string): void {
    const element = elements.get(id);
    if (element === undefined) return;
    element.pause();
    element.srcObject = null;
    elements.delete(id);
  }

  return {
    add(id, track) {
      const element = new Audio();
      element.srcObject = new MediaStream([track]);
      element.muted = isMuted;
      if (device !== '') route(element);
      elements.set(id, element);
      playOne(element);
    },
    remove,
    setMuted(muted) {
      isMuted = muted;
      for (const element of elements.values()) element.muted = muted;
    },
    setDevice(deviceId) {
      device = deviceId;
      for (const element of elements.values()) route(element);
    },
    play() {
      for (const element of elements.values()) playOne(element);
    },
    close() {
      for (const id of elements.keys()) remove(id);
    },
  };
}
