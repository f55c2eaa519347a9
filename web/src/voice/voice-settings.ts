/** How noise is taken out of what the microphone hears. */
export type NoiseSuppression = 'rnnoise' | 'browser' | 'off';
/** When the microphone is let through: while one speaks, or while a key is held. */
export type InputMode = 'activity' | 'push';

/** To be read, or to move. */
export type ScreenKind = 'detail' | 'motion';

export interface VoiceSettings {
  /** Device ids; empty is the system's own choice. */
  microphone: string;
  speaker: string;
  noiseSuppression: NoiseSuppression;
  echoCancellation: boolean;
  autoGain: boolean;
  inputMode: InputMode;
  /** Quieter than this is not let through, in dBFS; null: found out by itself. */
  thresholdDb: number | null;
  /** `KeyboardEvent.code` of the key to hold. */
  pushKey: string;
  /** How long one is still heard after the key was let go. */
  releaseMs: number;
  cues: boolean;
  /** 0 to 1. */
  cueVolume: number;
  /** Device id; empty is the system's own choice. */
  camera: string;
  /** What one's shared screen is looked at for. */
  screenKind: ScreenKind;
  /** Pictures of others come smaller. */
  savesData: boolean;
}

export const MIN_THRESHOLD_DB = -80;
export const MAX_THRESHOLD_DB = -10;
export const MAX_RELEASE_MS = 1_000;

export const DEFAULT_VOICE_SETTINGS: VoiceSettings = {
  microphone: '',
  speaker: '',
  noiseSuppression: 'rnnoise',
  echoCancellation: true,
  autoGain: true,
  inputMode: 'activity',
  thresholdDb: null,
  // Types nothing, so that it works from within the composer.
  pushKey: 'F9',
  releaseMs: 200,
  cues: true,
  cueVolume: 0.6,
  camera: '',
  screenKind: 'detail',
  savesData: false,
};

/** What was stored, as far as it makes sense; the rest is as it comes. */
export function readVoiceSettings(stored: string | null): VoiceSettings {
  const found = parsed(stored);
  const chosen = DEFAULT_VOICE_SETTINGS;
  const text = (name: 'microphone' | 'speaker' | 'pushKey' | 'camera') => {
    const value = found[name];
    return typeof value === 'string' && value.length <= 300 ? value : chosen[name];
  };
  const fact = (name: 'echoCancellation' | 'autoGain' | 'cues' | 'savesData') => {
    const value = found[name];
    return typeof value === 'boolean' ? value : chosen[name];
  };
  const { noiseSuppression, inputMode, thresholdDb, releaseMs, cueVolume } = found;
  return {
    microphone: text('microphone'),
    speaker: text('speaker'),
    noiseSuppression:
      noiseSuppression === 'browser' || noiseSuppression === 'off'
        ? noiseSuppression
        : chosen.noiseSuppression,
    echoCancellation: fact('echoCancellation'),
    autoGain: fact('autoGain'),
    inputMode: inputMode === 'push' ? 'push' : 'activity',
    thresholdDb: within(thresholdDb, MIN_THRESHOLD_DB, MAX_THRESHOLD_DB) ?? null,
    pushKey: text('pushKey') || chosen.pushKey,
    releaseMs: within(releaseMs, 0, MAX_RELEASE_MS) ?? chosen.releaseMs,
    cues: fact('cues'),
    cueVolume: within(cueVolume, 0, 1) ?? chosen.cueVolume,
    camera: text('camera'),
    screenKind: found['screenKind'] === 'motion' ? 'motion' : 'detail',
    savesData: fact('savesData'),
  };
}

function parsed(stored: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function within(value: unknown, min: number, max: number): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(max, Math.max(min, value))
    : undefined;
}
