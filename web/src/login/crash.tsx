import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { t } from '../strings/strings.ts';

/** A bug of ours reached the top: say so, and let the browser report it. */
export function Crash(props: { error: unknown }) {
  reportError(props.error);
  return (
    <main class="flex min-h-dvh">
      <EmptyState heading="h1" title={t('problems.crashed')} sentence={t('problems.internal')}>
        <Button onClick={() => location.reload()}>{t('problems.reload')}</Button>
      </EmptyState>
    </main>
  );
}
