import type { VoiceState } from '@harmonium/rooms/voice-state';
import type { CallView } from './voice-context.tsx';

/** One field of the call view: a person, by what they send. */
export interface Tile {
  /** Stays while it is shown: the person and the source. */
  key: string;
  state: VoiceState;
  isSelf: boolean;
  isSpeaking: boolean;
  muted: boolean;
  deafened: boolean;
  /** Words of theirs are missing, or of one's own. */
  isWeak: boolean;
  /** Not heard here, by one's own choice. */
  isSilenced: boolean;
}

interface Known {
  selfId: string | undefined;
  /** Undefined: one looks on from outside. */
  call: CallView | undefined;
  /** One's own, without the way there and back. */
  own: { isSpeaking: boolean; muted: boolean; deafened: boolean };
  isSilenced: (userId: string) => boolean;
}

/** From here on one's own words are likely to be missing elsewhere. */
const WEAK_QUALITY = 1;

export function tilesOf(inside: readonly VoiceState[], known: Known): Tile[] {
  const { call, own, selfId } = known;
  return inside.map((state) => {
    const { id } = state.user;
    const isSelf = id === selfId && call !== undefined;
    const muted = isSelf ? own.muted || own.deafened || state.muted : state.muted;
    const isHeard = isSelf
      ? own.isSpeaking || state.speaking
      : (call?.levels[id] ?? 0) > 0 || state.speaking;
    return {
      key: `${id}:mic`,
      state,
      isSelf,
      muted,
      deafened: isSelf ? own.deafened || state.deafened : state.deafened,
      isSpeaking: isHeard && !muted,
      isWeak: isSelf
        ? call.quality > 0 && call.quality <= WEAK_QUALITY
        : call?.weak.includes(id) === true,
      isSilenced: !isSelf && known.isSilenced(id),
    };
  });
}

/** Columns for so many tiles, so that they stay as large as can be. */
export function columnsFor(count: number, isPhone: boolean): number {
  if (isPhone) return count <= 2 ? 1 : 2;
  if (count <= 1) return 1;
  if (count <= 4) return 2;
  if (count <= 9) return 3;
  return Math.min(6, Math.ceil(Math.sqrt(count)));
}
