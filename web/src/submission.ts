import { createSignal } from 'solid-js';

/** One thing sent at a time: whether it is under way, and what stopped it. */
export function createSubmission() {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  return {
    busy,
    problem,
    /** Answers true when it went well. A second call while one is under way does nothing. */
    async run(send: () => Promise<void>): Promise<boolean> {
      if (busy()) return false;
      setBusy(true);
      setProblem(undefined);
      try {
        await send();
        return true;
      } catch (caught) {
        setProblem(caught);
        return false;
      } finally {
        setBusy(false);
      }
    },
    clear: () => setProblem(undefined),
  };
}
