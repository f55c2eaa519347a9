import type { ChosenStatus } from '@harmonium/rooms/presence';
import { createSignal } from 'solid-js';
import type { ServerPresence } from './server-room.ts';

export interface ChosenPresence extends ServerPresence {
  /** When the text goes by itself, milliseconds since the Unix epoch. */
  clearAt?: number;
}

/** A timer cannot wait for longer, in milliseconds; it is set again then. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** What the reader chose to show, kept in this browser; a text with an end goes at that moment. */
export function createChosenPresence(deps: {
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  key: string;
  now: () => number;
  onChange: () => void;
}) {
  const [chosen, setChosen] = createSignal(read(deps.storage, deps.key));
  let clearing: ReturnType<typeof setTimeout> | undefined;
  wait();

  function choose(next: ChosenPresence): void {
    setChosen(next);
    deps.storage.setItem(deps.key, JSON.stringify(next));
    wait();
    deps.onChange();
  }

  function wait(): void {
    clearTimeout(clearing);
    const { clearAt } = chosen();
    if (clearAt === undefined) return;
    const left = Math.max(0, clearAt - deps.now());
    clearing = setTimeout(look, Math.min(left, LONGEST_WAIT_MS));
  }

  function look(): void {
    const { status, clearAt } = chosen();
    if (clearAt !== undefined && clearAt <= deps.now()) choose({ status });
    else wait();
  }

  return {
    /** As others are told. */
    shown(): ServerPresence {
      const { status, text, clearAt } = chosen();
      const isOver = clearAt !== undefined && clearAt <= deps.now();
      return text === undefined || isOver ? { status } : { status, text };
    },
    clearAt: () => chosen().clearAt,
    /** The text stays. */
    setStatus: (status: ChosenStatus) => choose({ ...chosen(), status }),
    /** Empty: none. */
    setText(text: string, clearAt: number | undefined): void {
      const { status } = chosen();
      const said = text.trim();
      if (said === '') choose({ status });
      else choose(clearAt === undefined ? { status, text: said } : { status, text: said, clearAt });
    },
    stop: () => clearTimeout(clearing),
  };
}

function read(storage: Pick<Storage, 'getItem'>, key: string): ChosenPresence {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return isPresence(stored) ? stored : { status: 'online' };
  } catch {
    return { status: 'online' };
  }
}

function isPresence(value: unknown): value is ChosenPresence {
  if (typeof value !== 'object' || value === null || !('status' in value)) return false;
  const { text, clearAt } = value as { text?: unknown; clearAt?: unknown }; // Checked right here.
  return (
    ['online', 'idle', 'dnd', 'invisible'].includes(String(value.status)) &&
    (text === undefined || typeof text === 'string') &&
    (clearAt === undefined || typeof clearAt === 'number')
  );
}
