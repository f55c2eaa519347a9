import { createSignal } from 'solid-js';

export interface PersonVolume {
  /** 1 is as loud as they are, up to 2. */
  volume: number;
  muted: boolean;
}

export const MAX_VOLUME = 2;
const KEY = 'harmonium.volumes';
/** The longest ago chosen is forgotten first. */
const MOST_PEOPLE = 500;
const AS_THEY_ARE: PersonVolume = { volume: 1, muted: false };

/** What somebody's screen sounds like is turned up and down apart from their voice. */
export function volumeKey(userId: string, source: 'mic' | 'screenAudio'): string {
  return source === 'mic' ? userId : `${userId}:${source}`;
}

/** How loud each person is to be on this device, by user id, in every call. */
export function createVolumes(storage: Storage) {
  const [chosen, setChosen] = createSignal<ReadonlyMap<string, PersonVolume>>(read(storage));
  const of = (userId: string): PersonVolume => chosen().get(userId) ?? AS_THEY_ARE;

  function choose(userId: string, change: Partial<PersonVolume>): void {
    const next = new Map(chosen());
    const wanted = { ...of(userId), ...change };
    next.delete(userId);
    if (wanted.volume !== 1 || wanted.muted) next.set(userId, wanted);
    for (const oldest of next.keys()) {
      if (next.size <= MOST_PEOPLE) break;
      next.delete(oldest);
    }
    setChosen(next);
    try {
      storage.setItem(KEY, JSON.stringify([...next]));
    } catch {
      // Full or forbidden storage: chosen for as long as the page lives.
    }
  }

  return {
    of,
    choose,
    /** What their voice is multiplied by. */
    gainOf(userId: string): number {
      const { volume, muted } = of(userId);
      return muted ? 0 : volume;
    },
  };
}

function read(storage: Storage): ReadonlyMap<string, PersonVolume> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, PersonVolume] {
  if (!Array.isArray(entry)) return false;
  const [userId, chosen]: unknown[] = entry;
  if (typeof userId !== 'string' || typeof chosen !== 'object' || chosen === null) return false;
  return (
    'volume' in chosen &&
    typeof chosen.volume === 'number' &&
    chosen.volume >= 0 &&
    chosen.volume <= MAX_VOLUME &&
    'muted' in chosen &&
    typeof chosen.muted === 'boolean'
  );
}
