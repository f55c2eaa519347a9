/**
 * Every key that does something in the app. Who listens asks here which one it is, so that the list
 * of keys shows what is true.
 */
const SHORTCUTS = {
  switcher: { key: 'k', isMod: true, group: 'go' },
  find: { key: 'f', isMod: true, group: 'go' },
  channelAbove: { key: 'ArrowUp', isAlt: true, group: 'go' },
  channelBelow: { key: 'ArrowDown', isAlt: true, group: 'go' },
  unreadAbove: { key: 'ArrowUp', isAlt: true, isShift: true, group: 'go' },
  unreadBelow: { key: 'ArrowDown', isAlt: true, isShift: true, group: 'go' },
  keys: { key: '/', isMod: true, group: 'go' },
  send: { key: 'Enter', group: 'write' },
  newLine: { key: 'Enter', isShift: true, group: 'write' },
  editLast: { key: 'ArrowUp', group: 'write' },
  giveUp: { key: 'Escape', group: 'write' },
  bold: { key: 'b', isMod: true, group: 'format' },
  italic: { key: 'i', isMod: true, group: 'format' },
  underline: { key: 'u', isMod: true, group: 'format' },
  strike: { key: 'x', isMod: true, isShift: true, group: 'format' },
  code: { key: 'e', isMod: true, group: 'format' },
  messageMenu: { key: 'Enter', group: 'message' },
  reply: { key: 'r', group: 'message' },
  react: { key: '+', group: 'message' },
  edit: { key: 'e', group: 'message' },
  pin: { key: 'p', group: 'message' },
  remove: { key: 'Delete', group: 'message' },
} satisfies Record<string, Shortcut>;

interface Shortcut {
  key: string;
  /** Ctrl, or Cmd on a Mac. */
  isMod?: boolean;
  isAlt?: boolean;
  isShift?: boolean;
  group: ShortcutGroup;
}

export type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number];
export type ShortcutName = keyof typeof SHORTCUTS;

export const SHORTCUT_GROUPS = ['go', 'write', 'format', 'message'] as const;

/** In the order they are shown. */
export function shortcutsIn(group: ShortcutGroup): ShortcutName[] {
  return entries.flatMap(([name, shortcut]) => (shortcut.group === group ? [name] : []));
}

const entries = Object.entries(SHORTCUTS) as [ShortcutName, Shortcut][]; // Its own keys.

/** What is no letter and has no name. */
const SIGN = /^[^a-z]$/i;

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** True for that key and nothing beside it. */
export function isShortcut(event: Pressed, name: ShortcutName, isMac = onMac()): boolean {
  const { key, isMod = false, isAlt = false, isShift = false }: Shortcut = SHORTCUTS[name];
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    mod === isMod &&
    !other &&
    event.altKey === isAlt &&
    // A sign is typed with Shift on some keyboards, and meant all the same.
    (event.shiftKey === isShift || SIGN.test(key))
  );
}

const SIGNS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** The keys as they are written on the keyboard. */
export function shortcutParts(name: ShortcutName, isMac = onMac()): string[] {
  const { key, isMod, isAlt, isShift }: Shortcut = SHORTCUTS[name];
  return [
    ...(isMod === true ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(isAlt === true ? [isMac ? '⌥' : 'Alt'] : []),
    ...(isShift === true ? [isMac ? '⇧' : 'Shift'] : []),
    SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ];
}

export function shortcutName(name: ShortcutName): string {
  return shortcutParts(name).join(onMac() ? '' : '+');
}

function onMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
}
