import { createSignal, onCleanup } from 'solid-js';
import { useApi } from '../../session-context.tsx';
import { hearYourself } from '../../voice/connection-test/hear-yourself.ts';
import type { EchoProblem } from '../../voice/connection-test/hear-yourself.ts';
import { openSignalling } from '../../voice/signalling.ts';
import { useVoice } from '../../voice/voice.tsx';

/** One's own voice by way of the server; it ends with its owner. */
export function createEcho() {
  const api = useApi();
  const { devices } = useVoice();
  const [phase, setPhase] = createSignal<'off' | 'opening' | 'on'>('off');
  const [problem, setProblem] = createSignal<EchoProblem | 'unloaded'>();
  /** What an older one still says does not count. */
  let round = 0;
  let running: { stop: () => void } | undefined;

  async function start(): Promise<void> {
    stop();
    const mine = round;
    setProblem(undefined);
    setPhase('opening');
    function end(why: EchoProblem | 'unloaded'): void {
      if (mine !== round) return;
      setPhase('off');
      setProblem(why);
    }
    const engine = await import('../../voice/engine.ts').catch(() => undefined);
    if (mine !== round) return;
    if (engine === undefined) return end('unloaded');
    const settings = devices.preferences();
    running = hearYourself(
      {
        ticket: () => api('POST /api/voice/test'),
        signal: openSignalling,
        startMedia: engine.startMedia,
        microphone: () => engine.openLine({ settings, gate: 'open', onHeard: () => {} }),
        speaker: settings.speaker,
      },
      { onHeard: () => mine === round && setPhase('on'), onProblem: end },
    );
  }

  function stop(): void {
    round++;
    running?.stop();
    running = undefined;
    setPhase('off');
  }
  onCleanup(stop);

  return { phase, problem, start, stop };
}
