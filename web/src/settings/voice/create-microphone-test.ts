import { createSignal, onCleanup } from 'solid-js';
import type { Line, MicrophoneProblem } from '../../voice/microphone.ts';
import type { GateSetting } from '../../voice/sound/gate.ts';
import type { Heard } from '../../voice/sound/gate-worklet.ts';
import type { VoiceSettings } from '../../voice/voice-settings.ts';

/** A microphone played back as others would hear it, until stopped or its owner is gone. */
export function createMicrophoneTest() {
  const [heard, setHeard] = createSignal<Heard>();
  const [running, setRunning] = createSignal(false);
  const [problem, setProblem] = createSignal<MicrophoneProblem>();
  let line: Line | undefined;
  const player = new Audio();
  /** The latest start; an older one that comes late is put away. */
  let round = 0;

  async function start(settings: VoiceSettings, gate: GateSetting): Promise<void> {
    stop();
    const mine = ++round;
    setProblem(undefined);
    setRunning(true);
    const { openLine } = await import('../../voice/engine.ts');
    const opened = await openLine({ settings, gate, onHeard: setHeard });
    if (mine !== round) {
      opened.line?.close();
      return;
    }
    if (opened.line === undefined) {
      setProblem(opened.problem);
      setRunning(false);
      return;
    }
    line = opened.line;
    line.onEnded(stop);
    player.srcObject = new MediaStream([line.track]);
    if ('setSinkId' in player && settings.speaker !== '') {
      // An unplugged device: the sound stays where it was.
      await player.setSinkId(settings.speaker).catch(() => {});
    }
    await player.play().catch(() => {
      // Not heard, but the meter moves.
    });
  }

  function stop(): void {
    round++;
    player.pause();
    player.srcObject = null;
    line?.close();
    line = undefined;
    setRunning(false);
    setHeard(undefined);
  }
  onCleanup(stop);

  return {
    heard,
    running,
    problem,
    start,
    stop,
    adjust: (gate: GateSetting) => line?.adjust(gate),
  };
}
