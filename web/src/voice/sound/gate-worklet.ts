import { Gate, SILENCE_DB, levelOf } from './gate.ts';
import type { GateSetting } from './gate.ts';

/** What the worklet tells, some twenty times a second. */
export interface Heard {
  levelDb: number;
  thresholdDb: number;
  isOpen: boolean;
}

/** A worklet's own globals, which the types of a page do not have. */
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: typeof GateProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Samples that a worklet is given at once. */
const BLOCK = 128;
/** A word is let through from before it was loud enough: 16 ms at 48 kHz. */
const AHEAD_BLOCKS = 6;
/** Steps from closed to open in one block, and back in eight: a switch would click. */
const OPENS_PER_SAMPLE = 1 / BLOCK;
const CLOSES_PER_SAMPLE = 1 / (BLOCK * 8);
const TOLD_EVERY_BLOCKS = 18;

class GateProcessor extends AudioWorkletProcessor {
  #gate = new Gate();
  #delayed = new Float32Array(BLOCK * AHEAD_BLOCKS);
  #at = 0;
  #gain = 0;
  #blocks = 0;
  #loudestDb = SILENCE_DB;

  constructor() {
    super();
    const adjust = ({ data }: MessageEvent<GateSetting>) => void (this.#gate.setting = data);
    this.port.addEventListener('message', adjust);
    this.port.start();
  }

  process([inputs]: Float32Array[][], [outputs]: Float32Array[][]): boolean {
    const heard = inputs?.[0];
    const [first, ...others] = outputs ?? [];
    if (first === undefined) return true;
    const levelDb = heard === undefined ? SILENCE_DB : levelOf(heard);
    const isOpen = this.#gate.hear(levelDb, BLOCK / sampleRate);
    for (let i = 0; i < first.length; i++) {
      this.#gain = isOpen
        ? Math.min(1, this.#gain + OPENS_PER_SAMPLE)
        : Math.max(0, this.#gain - CLOSES_PER_SAMPLE);
      first[i] = (this.#delayed[this.#at] ?? 0) * this.#gain;
      this.#delayed[this.#at] = heard?.[i] ?? 0;
      this.#at = (this.#at + 1) % this.#delayed.length;
    }
    for (const other of others) other.set(first);
    this.#tell(levelDb, isOpen);
    return true;
  }

  #tell(levelDb: number, isOpen: boolean): void {
    this.#loudestDb = Math.max(this.#loudestDb, levelDb);
    if (++this.#blocks % TOLD_EVERY_BLOCKS !== 0) return;
    const { thresholdDb } = this.#gate;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window: it has no origin to name
    this.port.postMessage({ levelDb: this.#loudestDb, thresholdDb, isOpen } satisfies Heard);
    this.#loudestDb = SILENCE_DB;
  }
}

registerProcessor('harmonium-gate', GateProcessor);
