/** Strengths of the partials of a reed: the odd ones lead. */
const PARTIALS = [0, 1, 0.32, 0.58, 0.2, 0.3, 0.1, 0.14];
/** Two notes, a fifth apart. */
const NOTES = [
  { hertz: 523.25, at: 0, seconds: 0.16 },
  { hertz: 783.99, at: 0.11, seconds: 0.42 },
];
const LOUDEST = 0.22;

/** A short tone as of a harmonium's reeds, made here: there is no file to load. */
export function createTone(open: () => AudioContext) {
  let context: AudioContext | undefined;
  return {
    /** @param volume from 0 to 1 */
    play(volume: number): void {
      context ??= open();
      // Before anything was touched on the page a browser keeps it silent.
      if (context.state === 'suspended') void context.resume();
      for (const note of NOTES) sound(context, note, volume * LOUDEST);
    },
    close: () => void context?.close(),
  };
}

function sound(context: AudioContext, note: (typeof NOTES)[number], volume: number): void {
  const from = context.currentTime + 0.02 + note.at;
  const to = from + note.seconds;
  const reed = context.createPeriodicWave(
    new Float32Array(PARTIALS.length),
    new Float32Array(PARTIALS),
  );
  const breath = context.createGain();
  breath.gain.setValueAtTime(0, from);
  breath.gain.linearRampToValueAtTime(volume, from + 0.03);
  breath.gain.setTargetAtTime(0, from + note.seconds * 0.45, note.seconds / 6);
  breath.connect(context.destination);
  // Two reeds that are not quite in tune: it is what makes it warm.
  for (const cents of [-4, 5]) {
    const oscillator = context.createOscillator();
    oscillator.setPeriodicWave(reed);
    oscillator.frequency.value = note.hertz;
    oscillator.detune.value = cents;
    oscillator.connect(breath);
    oscillator.start(from);
    oscillator.stop(to + 0.3);
  }
}
