import { createSignal } from 'solid-js';

/** Kept, and shown, of the emoji chosen last. */
const KEPT = 27;
/** Offered until one has chosen some. */
const FIRST_RECENT = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '🔥', '👀'];
const KEY = 'harmonium.emoji';

interface Remembered {
  recent: readonly string[];
  /** 0: none, then light to dark. */
  tone: number;
}

type EmojiStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Which emoji were chosen last, and in which skin tone, on this device. */
export function createEmojiMemory(storage: EmojiStorage) {
  const [held, setHeld] = createSignal<Remembered>(read(storage));

  function change(next: Remembered): void {
    setHeld(next);
    try {
      storage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Full or forbidden storage: it is remembered as long as the page lives.
    }
  }

  return {
    /** Youngest first. */
    recent: (): readonly string[] =>
      [...new Set([...held().recent, ...FIRST_RECENT])].slice(0, KEPT),
    used(key: string): void {
      // Another tab may have used some, too.
      const { recent } = read(storage);
      const next = [key, ...recent.filter((other) => other !== key)].slice(0, KEPT);
      change({ recent: next, tone: held().tone });
    },
    tone: () => held().tone,
    setTone: (tone: number) => change({ ...held(), tone }),
  };
}

function read(storage: EmojiStorage): Remembered {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return { recent: [], tone: 0 };
    const { recent, tone } = stored as Partial<Record<keyof Remembered, unknown>>; // Checked below.
    return {
      recent: Array.isArray(recent) ? recent.filter((key) => typeof key === 'string') : [],
      tone: typeof tone === 'number' && [1, 2, 3, 4, 5].includes(tone) ? tone : 0,
    };
  } catch {
    return { recent: [], tone: 0 };
  }
}
