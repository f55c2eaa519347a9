import { createSignal, onCleanup } from 'solid-js';

export interface AudioDevice {
  id: string;
  /** Empty until the browser was allowed to use a microphone. */
  label: string;
}

export interface DevicePreferences {
  /** Device ids; empty is the system's own choice. */
  microphone: string;
  speaker: string;
}

const KEY = 'harmonium.devices';

/** Which microphone and speaker to use, remembered in this browser, and which there are. */
export function createDevices(storage: Storage) {
  const [preferences, setPreferences] = createSignal(read(storage));
  const [microphones, setMicrophones] = createSignal<readonly AudioDevice[]>([]);
  const [speakers, setSpeakers] = createSignal<readonly AudioDevice[]>([]);
  // Absent where the page came without TLS.
  const media: MediaDevices | undefined = navigator.mediaDevices;

  async function refresh(): Promise<void> {
    const devices = (await media?.enumerateDevices()) ?? [];
    const of = (kind: MediaDeviceKind): AudioDevice[] =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map((device) => ({ id: device.deviceId, label: device.label }));
    setMicrophones(of('audioinput'));
    setSpeakers(of('audiooutput'));
  }

  const listen = (): void => void refresh();
  media?.addEventListener('devicechange', listen);
  onCleanup(() => media?.removeEventListener('devicechange', listen));

  function choose(change: Partial<DevicePreferences>): void {
    const next = { ...preferences(), ...change };
    setPreferences(next);
    try {
      storage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Full or forbidden storage: chosen for as long as the page lives.
    }
  }

  return {
    preferences,
    microphones,
    speakers,
    /** False where the browser cannot send sound to a chosen device. */
    canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
    /** Looks which devices there are; labels come once the microphone was allowed. */
    refresh,
    choose,
  };
}

function read(storage: Storage): DevicePreferences {
  const chosen = { microphone: '', speaker: '' };
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return chosen;
    if ('microphone' in stored) chosen.microphone = String(stored.microphone);
    if ('speaker' in stored) chosen.speaker = String(stored.speaker);
    return chosen;
  } catch {
    return chosen;
  }
}
