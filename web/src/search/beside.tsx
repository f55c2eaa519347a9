import { Show, Suspense, lazy } from 'solid-js';
import type { JSX } from 'solid-js';
import { usePanels } from '../servers/panels.tsx';
import type { Ground } from './search.ts';

const SearchPanel = lazy(async () => ({
  default: (await import('./search-panel.tsx')).SearchPanel,
}));

/** The column beside a conversation: the search while it is open, else who is there. */
export function Beside(props: { ground: Ground; children: JSX.Element }) {
  const panels = usePanels();
  return (
    <>
      <Show when={!panels.searchOpen() || !panels.isWide()}>{props.children}</Show>
      <Show when={panels.searchOpen()}>
        <Suspense>
          <SearchPanel ground={props.ground} />
        </Suspense>
      </Show>
    </>
  );
}
