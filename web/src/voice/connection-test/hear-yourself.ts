import type { Notifications } from '@harmonium/sfu/notification';
import type { Media } from '../media.ts';
import type { Line, Microphone, MicrophoneProblem } from '../microphone.ts';
import type { Request, Signalling } from '../signalling.ts';
import type { TestDeps } from './run.ts';

/** Why one does not hear oneself; `lost`: the way there or back. */
export type EchoProblem = MicrophoneProblem | 'lost';

export interface EchoDeps extends Pick<TestDeps, 'ticket' | 'signal' | 'startMedia'> {
  microphone: () => Promise<Microphone>;
  speaker: string;
}

/**
 * Sends the microphone to the voice server, in a call with nobody else, and plays what comes back
 * from there, until `stop` is called or something is in the way: then `onProblem` says what.
 */
export function hearYourself(
  deps: EchoDeps,
  hooks: { onHeard: () => void; onProblem: (problem: EchoProblem) => void },
): { stop: () => void } {
  const opened: { line?: Line; signalling?: Signalling; media?: Media } = {};
  let isOver = false;
  function stop(): void {
    isOver = true;
    opened.media?.close();
    opened.signalling?.request('leave', {}).catch(() => {
      // It ended by itself.
    });
    opened.signalling?.close();
    opened.line?.close();
  }
  function end(problem: EchoProblem): void {
    if (isOver) return;
    stop();
    hooks.onProblem(problem);
  }
  async function start(): Promise<void> {
    const { line, problem } = await deps.microphone();
    if (line === undefined) return end(problem);
    opened.line = line;
    line.onEnded(() => end('none'));
    // What was given up meanwhile is closed as it comes.
    if (isOver) return stop();
    const address = await deps.ticket();
    if (isOver) return;
    const welcomed = Promise.withResolvers<Notifications['welcome']>();
    const signalling = deps.signal(address, {
      onNotification({ method, data }) {
        if (method === 'welcome') welcomed.resolve(data);
      },
      onClose: () => end('lost'),
    });
    opened.signalling = signalling;
    const sent = Promise.withResolvers<string>();
    const request: Request = async (method, data) => {
      const answer = await signalling.request(method, data);
      if (method === 'produce' && 'producerId' in answer) sent.resolve(answer.producerId);
      return answer;
    };
    const media = await deps.startMedia({
      welcome: await welcomed.promise,
      request,
      speaker: deps.speaker,
      // Somebody has just clicked: nothing is held back.
      hooks: { onFailed: () => end('lost'), onSoundBlocked() {} },
    });
    opened.media = media;
    if (isOver) return stop();
    await media.send(line.track);
    await media.receive(await sent.promise, 1);
    if (!isOver) hooks.onHeard();
  }
  start().catch(() => end('lost'));
  return { stop };
}
