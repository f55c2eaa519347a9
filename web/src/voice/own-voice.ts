import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { Devices } from './devices.ts';
import type { Line, Microphone } from './microphone.ts';
import { createPushToTalk } from './push-to-talk.ts';
import type { GateSetting } from './sound/gate.ts';
import type { Heard } from './sound/gate-worklet.ts';
import type { openLine } from './sound/line.ts';

/** Loud for as long while muted, somebody means to be heard; in milliseconds. */
const NOTICED_AFTER_MS = 400;
/** The hint stays for as long, in milliseconds. */
const HINTED_FOR_MS = 4_000;

interface OwnVoiceDeps {
  devices: Devices;
  loadLine: () => Promise<typeof openLine>;
  /** Nobody is meant to hear it. */
  isSilenced: () => boolean;
  now: () => number;
}

/** One's own voice: opened as the settings say, let through by voice or by key. */
export function createOwnVoice(deps: OwnVoiceDeps) {
  const settings = deps.devices.preferences;
  const push = createPushToTalk(settings);
  const [isSpeaking, setSpeaking] = createSignal(false);
  const [isUnheard, setUnheard] = createSignal(false);
  let line: Line | undefined;
  let loudSince: number | undefined;
  let hinting: ReturnType<typeof setTimeout> | undefined;

  const gate = createMemo<GateSetting>(() => {
    if (settings().inputMode === 'push') return push.isHeld() ? 'open' : 'closed';
    return { thresholdDb: settings().thresholdDb };
  });
  const opening = createMemo(() => {
    const { microphone, noiseSuppression, echoCancellation, autoGain } = settings();
    return JSON.stringify([microphone, noiseSuppression, echoCancellation, autoGain]);
  });
  createEffect(on(gate, (setting) => line?.adjust(setting), { defer: true }));
  createEffect(on(deps.isSilenced, () => stopHinting(), { defer: true }));
  onCleanup(() => clearTimeout(hinting));

  function stopHinting(): void {
    loudSince = undefined;
    clearTimeout(hinting);
    setUnheard(false);
  }

  function hear({ isOpen }: Heard): void {
    setSpeaking(isOpen && !deps.isSilenced());
    if (!isOpen || !deps.isSilenced()) {
      loudSince = undefined;
      return;
    }
    loudSince ??= deps.now();
    if (deps.now() - loudSince < NOTICED_AFTER_MS) return;
    setUnheard(true);
    clearTimeout(hinting);
    hinting = setTimeout(() => setUnheard(false), HINTED_FOR_MS);
  }

  async function open(): Promise<Microphone> {
    const openLine = await deps.loadLine();
    const opened = await openLine({ settings: settings(), gate: gate(), onHeard: hear });
    if (opened.line === undefined) return opened;
    const mine = opened.line;
    line = mine;
    // Changed while the browser still asked.
    mine.adjust(gate());
    return {
      line: {
        ...mine,
        close() {
          if (line === mine) {
            line = undefined;
            setSpeaking(false);
          }
          mine.close();
        },
      },
    };
  }

  return {
    open,
    /** What a change of asks for the microphone anew. */
    opening,
    /** When it is let through, as of now. */
    gate,
    push,
    isSpeaking,
    /** Somebody speaks and is muted: they should know. */
    isUnheard,
  };
}
