import { createSignal, onCleanup } from 'solid-js';
import { openMicrophone } from '../voice/microphone.ts';
import { DEFAULT_VOICE_SETTINGS } from '../voice/voice-settings.ts';
import type { MicrophoneProblem } from '../voice/microphone.ts';

/** Quieter than this is drawn as silence, louder than the other as full; in dBFS. */
const SILENCE_DB = -60;
const FULL_DB = -12;

/** Listens to a microphone and tells how loud it is, until stopped or its owner is gone. */
export function createMicrophoneTest() {
  const [level, setLevel] = createSignal(0);
  const [running, setRunning] = createSignal(false);
  const [problem, setProblem] = createSignal<MicrophoneProblem>();
  let end = (): void => {};
  /** The latest start; an older one that comes late is put away. */
  let round = 0;

  async function start(deviceId: string): Promise<void> {
    stop();
    const mine = ++round;
    setProblem(undefined);
    setRunning(true);
    const microphone = await openMicrophone({ ...DEFAULT_VOICE_SETTINGS, microphone: deviceId });
    if (mine !== round) {
      microphone.line?.close();
      return;
    }
    if (microphone.line === undefined) {
      setProblem(microphone.problem);
      setRunning(false);
      return;
    }
    end = listen(microphone.line.track, setLevel);
  }

  function stop(): void {
    round++;
    end();
    end = () => {};
    setRunning(false);
    setLevel(0);
  }
  onCleanup(stop);

  return { level, running, problem, start, stop };
}

function listen(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let held = 0;
  let frame = requestAnimationFrame(function look() {
    analyser.getFloatTimeDomainData(samples);
    // Rises at once, falls slowly, as a needle does.
    held = Math.max(loudness(samples), held * 0.92);
    onLevel(held);
    frame = requestAnimationFrame(look);
  });
  return () => {
    cancelAnimationFrame(frame);
    track.stop();
    void context.close();
  };
}

/** 0 to 1: root mean square of the samples (-1 to 1) in decibels, between silence and full. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels - SILENCE_DB) / (FULL_DB - SILENCE_DB)));
}
