import type { CallState } from './call-state.ts';
import type { Line, Microphone } from './microphone.ts';

type MicrophoneState = Pick<CallState, 'microphone' | 'microphoneName'>;

interface CallMicrophoneDeps {
  open: () => Promise<Microphone>;
  onChange: (change: Partial<MicrophoneState>) => void;
  /** There is one to be heard by. */
  onOpened: () => void;
  /** One speaks through another microphone, since the one before went away. */
  onReplaced: (name: string) => void;
}

/** The microphone of a call: it outlives connections, and gives way to another when it is unplugged. */
export class CallMicrophone {
  readonly #deps: CallMicrophoneDeps;
  #line: Line | undefined;
  /** Grows each time one is asked for or given up. */
  #opening = 0;

  constructor(deps: CallMicrophoneDeps) {
    this.#deps = deps;
  }

  get track(): MediaStreamTrack | undefined {
    return this.#line?.track;
  }

  async open(isReplacing = false): Promise<void> {
    const opening = ++this.#opening;
    this.#deps.onChange({ microphone: 'opening' });
    const { line, problem } = await this.#deps.open();
    // Left, or another one was asked for, while the browser still asked its user.
    if (opening !== this.#opening) return line?.close();
    if (line === undefined) return this.#deps.onChange({ microphone: problem, microphoneName: '' });
    this.#line = line;
    line.onEnded(() => void this.#replace(line));
    this.#deps.onChange({ microphone: 'on', microphoneName: line.label });
    if (isReplacing) this.#deps.onReplaced(line.label);
    this.#deps.onOpened();
  }

  async change(): Promise<void> {
    this.close();
    await this.open();
  }

  close(): void {
    this.#opening++;
    this.#line?.close();
    this.#line = undefined;
  }

  /** Unplugged in mid-call: another one may do. */
  async #replace(lost: Line): Promise<void> {
    if (lost !== this.#line) return;
    this.close();
    await this.open(true);
  }
}
