import { createSignal, onCleanup, onMount } from 'solid-js';
import type { ApiProblem } from '../api.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { createPageTitle } from '../design/page-title.ts';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';

const RETRY_EVERY_MS = 5_000;

/** No answer is not a log-out: say so, and keep trying. */
export function Unreachable(props: { problem: ApiProblem }) {
  const session = useSession();
  const [trying, setTrying] = createSignal(false);
  createPageTitle(() => t('session.unreachableTitle'));

  async function retry(): Promise<void> {
    if (trying()) return;
    setTrying(true);
    await session.resume().finally(() => setTrying(false));
  }

  onMount(() => {
    const again = () => void retry();
    const timer = setInterval(again, RETRY_EVERY_MS);
    window.addEventListener('online', again);
    onCleanup(() => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    });
  });

  return (
    <main class="flex min-h-dvh bg-side">
      <EmptyState
        heading="h1"
        title={t('session.unreachableTitle')}
        sentence={
          props.problem.code === 'offline'
            ? t('session.unreachableSentence')
            : problemSentence(props.problem)
        }
      >
        <Button onClick={() => void retry()} busy={trying()}>
          {t('session.retry')}
        </Button>
      </EmptyState>
    </main>
  );
}
