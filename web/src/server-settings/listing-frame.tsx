import { Match, Show, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { t } from '../strings/server-settings.ts';

interface ListingFrameProps {
  label: string;
  /** Undefined: not known yet. */
  count: number | undefined;
  failed: boolean;
  empty: { title: string; sentence: string };
  onRetry: () => void;
  children: JSX.Element;
}

/** A list, or why there is none: on its way, empty, or not to be had. */
export function ListingFrame(props: ListingFrameProps) {
  return (
    <Switch fallback={<SkeletonRows rows={5} avatar={32} label={props.label} />}>
      <Match when={props.failed && props.count === undefined}>
        <EmptyState title={t('serverSettings.failed')}>
          <Button onClick={() => props.onRetry()}>{t('serverSettings.retry')}</Button>
        </EmptyState>
      </Match>
      <Match when={props.count === 0}>
        <EmptyState title={props.empty.title} sentence={props.empty.sentence} />
      </Match>
      <Match when={props.count !== undefined}>
        <Show when={props.failed}>
          <p class="mt-4 text-danger-ink">{t('serverSettings.failed')}</p>
        </Show>
        {props.children}
      </Match>
    </Switch>
  );
}
