export type MicrophoneProblem = 'none' | 'blocked' | 'busy' | 'insecure';
export type Microphone =
  | { track: MediaStreamTrack; problem?: undefined }
  | { track?: undefined; problem: MicrophoneProblem };

/** Asks for the microphone. A call goes on without one, so what is wrong is an answer. */
export async function openMicrophone(deviceId: string): Promise<Microphone> {
  // Absent where the page came without TLS.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return { problem: 'insecure' };
  const processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    const stream = await devices.getUserMedia({
      // A remembered microphone may be unplugged: `ideal` falls back to another.
      audio: deviceId === '' ? processing : { ...processing, deviceId: { ideal: deviceId } },
    });
    const [track] = stream.getAudioTracks();
    return track === undefined ? { problem: 'none' } : { track };
  } catch (problem) {
    return { problem: problemOf(problem) };
  }
}

function problemOf(problem: unknown): MicrophoneProblem {
  const name = problem instanceof DOMException ? problem.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'blocked';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return 'busy';
}
