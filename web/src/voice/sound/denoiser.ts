import { RnnoiseWorkletNode, loadRnnoise } from '@sapphi-red/web-noise-suppressor';
import wasmAddress from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import simdAddress from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
// oxlint-disable-next-line import/default -- Vite makes an address of it
import workletAddress from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';

/** What it was trained for: any other rate would be heard as another voice. */
export const DENOISER_RATE_HZ = 48_000;

/** What is fetched for it by nearly every browser. */
export const DENOISER_PARTS: readonly string[] = [workletAddress, simdAddress];

/** RNNoise, as far as this browser can run it. */
export async function createDenoiser(context: AudioContext): Promise<RnnoiseWorkletNode> {
  if (context.sampleRate !== DENOISER_RATE_HZ) throw new Error('RNNoise needs 48 kHz');
  const [wasmBinary] = await Promise.all([
    loadRnnoise({ url: wasmAddress, simdUrl: simdAddress }),
    context.audioWorklet.addModule(workletAddress),
  ]);
  // The worklet would only stay silent where WebAssembly is forbidden.
  await WebAssembly.compile(wasmBinary);
  return new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary });
}
