import type { GateSetting } from './sound/gate.ts';
import type { VoiceSettings } from './voice-settings.ts';

export type MicrophoneProblem = 'none' | 'blocked' | 'busy' | 'insecure';

/** An open microphone. */
export interface Line {
  /** What of it is sent. */
  track: MediaStreamTrack;
  /** The device's own name. */
  label: string;
  /** Noise is taken out of it by RNNoise. */
  hasRnnoise: boolean;
  /** When it is let through, from now on. */
  adjust(gate: GateSetting): void;
  /** Unplugged, or taken away by the system. */
  onEnded(listener: () => void): void;
  close(): void;
}

export type Microphone =
  | { line: Line; problem?: undefined }
  | { line?: undefined; problem: MicrophoneProblem };

/** What the browser is asked to do to the sound. */
export type Processing = Pick<
  VoiceSettings,
  'microphone' | 'noiseSuppression' | 'echoCancellation' | 'autoGain'
>;

/** Asks for the microphone. A call goes on without one, so what is wrong is an answer. */
export async function openMicrophone(settings: Processing): Promise<Microphone> {
  // Absent where the page came without TLS.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return { problem: 'insecure' };
  const { microphone } = settings;
  const processing = {
    echoCancellation: settings.echoCancellation,
    autoGainControl: settings.autoGain,
    noiseSuppression: settings.noiseSuppression === 'browser',
  };
  try {
    const stream = await devices.getUserMedia({
      // A remembered microphone may be unplugged: `ideal` falls back to another.
      audio: microphone === '' ? processing : { ...processing, deviceId: { ideal: microphone } },
    });
    const [track] = stream.getAudioTracks();
    return track === undefined ? { problem: 'none' } : { line: lineOf(track) };
  } catch (problem) {
    return { problem: problemOf(problem) };
  }
}

function lineOf(track: MediaStreamTrack): Line {
  return {
    track,
    label: track.label,
    hasRnnoise: false,
    adjust() {},
    onEnded: (listener) => track.addEventListener('ended', listener, { once: true }),
    close: () => track.stop(),
  };
}

function problemOf(problem: unknown): MicrophoneProblem {
  const name = problem instanceof DOMException ? problem.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'blocked';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return 'busy';
}
