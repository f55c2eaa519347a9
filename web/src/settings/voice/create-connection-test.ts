import { createSignal, onCleanup } from 'solid-js';
import { useRooms } from '../../room/rooms.tsx';
import { useApi } from '../../session-context.tsx';
import { askForRelay } from '../../voice/connection-test/relay.ts';
import { runConnectionTest } from '../../voice/connection-test/run.ts';
import type { Progress } from '../../voice/connection-test/run.ts';
import { createTone } from '../../voice/connection-test/tone.ts';
import { openSignalling } from '../../voice/signalling.ts';
import { useVoice } from '../../voice/voice.tsx';

export type TestPhase = 'idle' | 'running' | 'done' | 'failed';

/** The test of the way that calls take; it stops with its owner. */
export function createConnectionTest() {
  const api = useApi();
  const rooms = useRooms();
  const { devices } = useVoice();
  const [phase, setPhase] = createSignal<TestPhase>('idle');
  const [progress, setProgress] = createSignal<Progress>({ legs: {}, running: new Set() });
  /** The latest; what an older one still finds is not shown. */
  let round = 0;

  async function start(): Promise<void> {
    const mine = ++round;
    const isStopped = () => mine !== round;
    setPhase('running');
    setProgress({ legs: {}, running: new Set() });
    try {
      const { openLine, startMedia } = await import('../../voice/engine.ts');
      if (isStopped()) return;
      await runConnectionTest(
        {
          ticket: () => api('POST /api/voice/test'),
          signal: openSignalling,
          startMedia,
          askForRelay,
          microphone: (onLevel) =>
            openLine({
              settings: devices.preferences(),
              gate: 'closed',
              onHeard: ({ levelDb }) => onLevel(levelDb),
            }),
          tone: createTone,
          hasSocket: () => rooms.connection() === 'connected',
          now: () => Date.now(),
          wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        },
        setProgress,
        isStopped,
      );
      if (!isStopped()) setPhase('done');
    } catch {
      if (!isStopped()) setPhase('failed');
    }
  }

  function stop(): void {
    round++;
    setPhase('idle');
  }
  onCleanup(stop);

  return { phase, progress, start, stop };
}
