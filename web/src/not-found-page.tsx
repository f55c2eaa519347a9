import { A } from '@solidjs/router';
import { EmptyState } from './design/empty-state.tsx';
import { LINK_BUTTON } from './design/link-button.ts';
import { createPageTitle } from './design/page-title.ts';
import { t } from './strings/strings.ts';

export function NotFoundPage() {
  createPageTitle(() => t('notFound.title'));
  return (
    <main class="flex min-h-dvh bg-side">
      <EmptyState heading="h1" title={t('notFound.title')} sentence={t('notFound.sentence')}>
        <A href="/" class={LINK_BUTTON}>
          {t('notFound.home')}
        </A>
      </EmptyState>
    </main>
  );
}
