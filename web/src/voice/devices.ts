import { createSignal, onCleanup } from 'solid-js';
import { readVoiceSettings } from './voice-settings.ts';
import type { VoiceSettings } from './voice-settings.ts';

export interface MediaDevice {
  id: string;
  /** Empty until the browser was allowed to use one of its kind. */
  label: string;
}

const KEY = 'harmonium.devices';

/** How this browser speaks and hears, remembered here, and which devices there are. */
export function createDevices(storage: Storage) {
  const [preferences, setPreferences] = createSignal(read(storage));
  const [microphones, setMicrophones] = createSignal<readonly MediaDevice[]>([]);
  const [speakers, setSpeakers] = createSignal<readonly MediaDevice[]>([]);
  const [cameras, setCameras] = createSignal<readonly MediaDevice[]>([]);
  // Absent where the page came without TLS.
  const media: MediaDevices | undefined = navigator.mediaDevices;

  async function refresh(): Promise<void> {
    const devices = (await media?.enumerateDevices()) ?? [];
    const of = (kind: MediaDeviceKind): MediaDevice[] =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map((device) => ({ id: device.deviceId, label: device.label }));
    setMicrophones(of('audioinput'));
    setSpeakers(of('audiooutput'));
    setCameras(of('videoinput'));
  }

  const listen = (): void => void refresh();
  media?.addEventListener('devicechange', listen);
  onCleanup(() => media?.removeEventListener('devicechange', listen));

  function choose(change: Partial<VoiceSettings>): void {
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
    cameras,
    /** False where the browser cannot send sound to a chosen device. */
    canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
    /** Looks which devices there are; labels come once the microphone was allowed. */
    refresh,
    choose,
  };
}
export type Devices = ReturnType<typeof createDevices>;

function read(storage: Storage): VoiceSettings {
  try {
    return readVoiceSettings(storage.getItem(KEY));
  } catch {
    return readVoiceSettings(null);
  }
}
