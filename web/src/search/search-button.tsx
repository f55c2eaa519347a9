import Search from 'lucide-solid/icons/search';
import { Show, onCleanup, onMount } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { isShortcut } from '../keys/shortcuts.ts';
import { usePanels } from '../servers/panels.tsx';
import { t } from '../strings/strings.ts';

/** Opens the search, as Ctrl+F does: messages that are not on the screen are no part of the page. */
export function SearchButton() {
  const panels = usePanels();

  function hear(event: KeyboardEvent): void {
    if (!isShortcut(event, 'find') || event.defaultPrevented) return;
    // Pressed again it is the browser's own.
    if (panels.searchOpen()) return;
    event.preventDefault();
    panels.openSearch();
  }
  onMount(() => document.addEventListener('keydown', hear));
  onCleanup(() => document.removeEventListener('keydown', hear));

  return (
    <Show when={!panels.searchOpen() || !panels.isWide()}>
      <button
        type="button"
        aria-keyshortcuts="Control+F"
        class="flex h-8 w-36 shrink-0 items-center gap-2 rounded-medium bg-rail/40 px-2.5 text-third transition hover:bg-rail/70 hover:text-second max-tablet:hidden"
        onClick={() => panels.openSearch()}
      >
        <Search size={15} />
        {t('shell.search')}
      </button>
      <IconButton
        label={t('shell.search')}
        class="tablet:hidden"
        onClick={() => panels.openSearch()}
      >
        <Search size={18} />
      </IconButton>
    </Show>
  );
}
