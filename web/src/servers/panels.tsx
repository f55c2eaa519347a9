import { createContext, createSignal, onCleanup, useContext } from 'solid-js';
import type { JSX } from 'solid-js';

export interface Panels {
  /** The window is too narrow for the servers and channels beside the conversation. */
  isPhone(): boolean;
  /** The members have a column of their own. */
  isWide(): boolean;
  menuOpen(): boolean;
  membersOpen(): boolean;
  searchOpen(): boolean;
  openMenu(): void;
  toggleMembers(): void;
  openSearch(): void;
  closeSearch(): void;
  /** Puts away what lies over the conversation. */
  closeDrawers(): void;
  swipe(direction: 'left' | 'right'): void;
}

const PanelsContext = createContext<Panels>();
const MEMBERS_KEY = 'harmonium.members';

/** Which panels are to be seen. What lies over the conversation is put away by choosing a channel. */
export function PanelsProvider(props: { children: JSX.Element }) {
  const isPhone = createMedia('(width < 768px)');
  const isWide = createMedia('(width >= 1080px)');
  const [column, setColumn] = createSignal(localStorage.getItem(MEMBERS_KEY) !== 'hidden');
  const [searchOpen, setSearchOpen] = createSignal(false);
  const [drawer, setDrawer] = createSignal<'menu' | 'members'>();

  const panels: Panels = {
    isPhone,
    isWide,
    menuOpen: () => !isPhone() || drawer() === 'menu',
    membersOpen: () => (isWide() ? column() : drawer() === 'members'),
    searchOpen,
    openMenu: () => setDrawer('menu'),
    openSearch() {
      setDrawer(undefined);
      setSearchOpen(true);
    },
    closeSearch: () => setSearchOpen(false),
    toggleMembers() {
      if (isWide()) {
        setColumn(!column());
        localStorage.setItem(MEMBERS_KEY, column() ? 'shown' : 'hidden');
      } else {
        setDrawer(drawer() === 'members' ? undefined : 'members');
      }
    },
    closeDrawers: () => setDrawer(undefined),
    swipe(direction) {
      if (searchOpen() && !isWide()) return;
      const opened = direction === 'right' ? 'menu' : 'members';
      if (drawer() !== undefined && drawer() !== opened) setDrawer(undefined);
      else if (opened === 'menu' ? isPhone() : !isWide()) setDrawer(opened);
    },
  };
  return <PanelsContext.Provider value={panels}>{props.children}</PanelsContext.Provider>;
}

export function usePanels(): Panels {
  const panels = useContext(PanelsContext);
  if (panels === undefined) throw new Error('usePanels is called outside of PanelsProvider');
  return panels;
}

function createMedia(query: string): () => boolean {
  const list = matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const look = () => setMatches(list.matches);
  list.addEventListener('change', look);
  onCleanup(() => list.removeEventListener('change', look));
  return matches;
}
