import { openMicrophone } from '../microphone.ts';
import type { Line, Microphone } from '../microphone.ts';
import type { VoiceSettings } from '../voice-settings.ts';
import { DENOISER_PARTS, DENOISER_RATE_HZ, createDenoiser } from './denoiser.ts';
import type { GateSetting } from './gate.ts';
import type { Heard } from './gate-worklet.ts';
// oxlint-disable-next-line import/default -- Vite makes an address of it
import gateAddress from './gate-worklet.ts?worker&url';

export interface LineOptions {
  settings: VoiceSettings;
  gate: GateSetting;
  onHeard: (heard: Heard) => void;
}

/** A browser that lets no sound run before a click must not hold a call up, in milliseconds. */
const RUNNING_WITHIN_MS = 1_000;

/**
 * A microphone, cleared of noise and let through while one speaks. Where the browser cannot do
 * this to sound, the microphone is passed on as it is.
 */
export async function openLine(options: LineOptions): Promise<Microphone> {
  const { settings } = options;
  const opened = await openMicrophone(settings);
  if (opened.line === undefined) return opened;
  try {
    return { line: await refine(opened.line, options) };
  } catch {
    // Its own noise suppression is better than none.
    if (settings.noiseSuppression === 'rnnoise') {
      await opened.line.track.applyConstraints({ noiseSuppression: true }).catch(() => {
        // Not every microphone can.
      });
    }
    return { line: plain(opened.line, options.gate) };
  }
}

async function refine(raw: Line, options: LineOptions): Promise<Line> {
  const context = new AudioContext({ sampleRate: DENOISER_RATE_HZ, latencyHint: 'interactive' });
  try {
    await Promise.all([running(context), context.audioWorklet.addModule(gateAddress)]);
    const source = context.createMediaStreamSource(new MediaStream([raw.track]));
    const mono = { channelCount: 1, channelCountMode: 'explicit' } as const;
    const gate = new AudioWorkletNode(context, 'harmonium-gate', {
      ...mono,
      outputChannelCount: [1],
    });
    const denoiser =
      options.settings.noiseSuppression === 'rnnoise'
        ? await createDenoiser(context).catch(async () => {
            await raw.track.applyConstraints({ noiseSuppression: true });
          })
        : undefined;
    const sent = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    if (denoiser) source.connect(denoiser).connect(gate);
    else source.connect(gate);
    gate.connect(sent);
    const hear = ({ data }: MessageEvent<Heard>) => options.onHeard(data);
    gate.port.addEventListener('message', hear);
    gate.port.start();
    const adjust = (setting: GateSetting): void => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window: it has no origin to name
      gate.port.postMessage(setting);
    };
    adjust(options.gate);
    const [track] = sent.stream.getAudioTracks();
    if (track === undefined) throw new Error('the line has no end');
    return {
      ...raw,
      track,
      hasRnnoise: Boolean(denoiser),
      adjust,
      close() {
        gate.port.removeEventListener('message', hear);
        denoiser?.destroy();
        track.stop();
        raw.close();
        void context.close();
      },
    };
  } catch (problem) {
    void context.close();
    throw problem;
  }
}

async function running(context: AudioContext): Promise<void> {
  const isRunning = () => context.state === 'running';
  if (isRunning()) return;
  const late = new Promise<void>((resolve) => setTimeout(resolve, RUNNING_WITHIN_MS));
  await Promise.race([context.resume(), late]);
  if (!isRunning()) throw new Error('the browser plays no sound yet');
}

/** Without a gate a held key can still be obeyed. */
function plain(raw: Line, gate: GateSetting): Line {
  const adjust = (setting: GateSetting): void => void (raw.track.enabled = setting !== 'closed');
  adjust(gate);
  return { ...raw, adjust };
}

/** Has at hand what a line is made of, before one is asked for. */
export function warmLine(settings: VoiceSettings): void {
  const needed = settings.noiseSuppression === 'rnnoise' ? DENOISER_PARTS : [];
  for (const address of [gateAddress, ...needed]) {
    fetch(address).catch(() => {
      // Asked for again when it is needed.
    });
  }
}
