import { openMicrophone } from '../microphone.ts';
import type { MicrophoneProblem, Processing } from '../microphone.ts';
import { DENOISER_RATE_HZ, createDenoiser } from './denoiser.ts';

/** The same moments twice; addresses of recordings that play in an audio element. */
export interface NoiseSample {
  with: string;
  without: string;
}

export type NoiseSampleProblem = MicrophoneProblem | 'not_supported';

/** Records a microphone as it is and through RNNoise, at once. */
export async function recordNoiseSample(
  settings: Processing,
  milliseconds: number,
  signal: AbortSignal,
): Promise<NoiseSample | { problem: NoiseSampleProblem }> {
  const { line, problem } = await openMicrophone({ ...settings, noiseSuppression: 'off' });
  if (line === undefined) return { problem };
  const context = new AudioContext({ sampleRate: DENOISER_RATE_HZ });
  try {
    const denoiser = await createDenoiser(context);
    const end = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const raw = new MediaStream([line.track]);
    context.createMediaStreamSource(raw).connect(denoiser).connect(end);
    const [cleared, plain] = await Promise.all([
      record(end.stream, milliseconds, signal),
      record(raw, milliseconds, signal),
    ]);
    denoiser.destroy();
    return { with: URL.createObjectURL(cleared), without: URL.createObjectURL(plain) };
  } catch {
    return { problem: 'not_supported' };
  } finally {
    line.close();
    void context.close();
  }
}

function record(stream: MediaStream, milliseconds: number, signal: AbortSignal): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const recorder = new MediaRecorder(stream);
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => resolve(new Blob(parts, { type: recorder.mimeType })));
    recorder.addEventListener('error', () => reject(new Error('the recorder failed')));
    recorder.start();
    const timer = setTimeout(() => recorder.stop(), milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      if (recorder.state !== 'inactive') recorder.stop();
    });
  });
}
