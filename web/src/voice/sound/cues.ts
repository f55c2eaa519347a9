/** What can be told by a sound. */
export type Cue = 'joined' | 'left' | 'muted' | 'unmuted' | 'deafened' | 'undeafened' | 'lost';

/** Notes one after the other, in Hz: rising for what opens, falling for what closes. */
const MELODIES: Record<Cue, readonly number[]> = {
  joined: [392, 523.25],
  left: [523.25, 392],
  unmuted: [440, 587.33],
  muted: [587.33, 440],
  undeafened: [349.23, 440, 587.33],
  deafened: [587.33, 440, 349.23],
  lost: [329.63, 261.63, 220],
};

const NOTE_S = 0.11;
const LOUDEST = 0.16;
/** A reed sounds by its overtones: strength of each multiple of the note. */
const OVERTONES = [0, 1, 0.42, 0.28, 0.1, 0.06];
/** A crowd that comes at once is one sound. */
const NOT_WITHIN_MS = 120;

interface CuesDeps {
  /** 0 to 1; 0 makes no sound. */
  volume: () => number;
  speaker: () => string;
  now: () => number;
}

/** Short sounds of a reed, made here: nothing is fetched for them. */
export function createCues(deps: CuesDeps) {
  let context: AudioContext | undefined;
  let last: { cue: Cue; at: number } | undefined;

  function play(cue: Cue): void {
    const volume = deps.volume();
    const at = deps.now();
    if (volume <= 0 || (last?.cue === cue && at - last.at < NOT_WITHIN_MS)) return;
    last = { cue, at };
    context ??= new AudioContext();
    route(context, deps.speaker());
    void context.resume();
    MELODIES[cue].forEach((hertz, index) => {
      if (context !== undefined) sound(context, hertz, index * NOTE_S, volume * LOUDEST);
    });
  }

  return { play, close: () => void context?.close() };
}

function sound(context: AudioContext, hertz: number, afterS: number, loudness: number): void {
  const start = context.currentTime + afterS + 0.01;
  const end = start + NOTE_S * 1.9;
  const reed = context.createOscillator();
  reed.setPeriodicWave(
    context.createPeriodicWave(new Float32Array(OVERTONES.length), Float32Array.from(OVERTONES)),
  );
  reed.frequency.value = hertz;
  const swell = context.createGain();
  swell.gain.setValueAtTime(0, start);
  swell.gain.linearRampToValueAtTime(loudness, start + 0.025);
  swell.gain.exponentialRampToValueAtTime(0.0001, end);
  reed.connect(swell).connect(context.destination);
  reed.start(start);
  reed.stop(end);
}

/** Where voices are heard, as far as the browser can. */
function route(context: AudioContext, deviceId: string): void {
  if (!('setSinkId' in context) || typeof context.setSinkId !== 'function') return;
  Promise.resolve(context.setSinkId(deviceId)).catch(() => {
    // An unplugged device: the sound stays where it was.
  });
}
