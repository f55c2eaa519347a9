import type { VoiceState } from '@harmonium/rooms/voice-state';
import type { CallView } from './voice-context.tsx';

/** One field of the call view: a person, or a screen that somebody shares. */
export interface Tile {
  /** Stays while it is shown: the person and the source. */
  key: string;
  kind: 'person' | 'screen';
  state: VoiceState;
  isSelf: boolean;
  isSpeaking: boolean;
  muted: boolean;
  deafened: boolean;
  /** Words of theirs are missing, or of one's own. */
  isWeak: boolean;
  /** Not heard here, by one's own choice. */
  isSilenced: boolean;
  /** What brings the picture; undefined: there is none, or it is one's own. */
  producerId: string | undefined;
  isOwnPicture: boolean;
  /** Of a screen. */
  hasSound: boolean;
  /** False: a screen that one does not want to see. */
  isWanted: boolean;
}

interface Known {
  selfId: string | undefined;
  /** Undefined: one looks on from outside. */
  call: CallView | undefined;
  /** One's own, without the way there and back. */
  own: {
    isSpeaking: boolean;
    muted: boolean;
    deafened: boolean;
    camera: boolean;
    screen: boolean;
    screenSound: boolean;
  };
  isSilenced: (userId: string) => boolean;
  /** Whether one watches what they share. */
  isWanted: (userId: string) => boolean;
}

/** From here on one's own words are likely to be missing elsewhere. */
const WEAK_QUALITY = 1;

/** People first, then what is shared, each in the order in which they came. */
export function tilesOf(inside: readonly VoiceState[], known: Known): Tile[] {
  const { call } = known;
  const people = inside.map((state) => personTile(state, known));
  if (call === undefined) return people;
  return [...people, ...people.flatMap((person) => screenTile(person, known) ?? [])];
}

function personTile(state: VoiceState, known: Known): Tile {
  const { call, own, selfId } = known;
  const { id } = state.user;
  const isSelf = id === selfId && call !== undefined;
  const muted = isSelf ? own.muted || own.deafened || state.muted : state.muted;
  const isHeard = isSelf
    ? own.isSpeaking || state.speaking
    : (call?.levels[id] ?? 0) > 0 || state.speaking;
  return {
    key: `${id}:mic`,
    kind: 'person',
    state,
    isSelf,
    muted,
    deafened: isSelf ? own.deafened || state.deafened : state.deafened,
    isSpeaking: isHeard && !muted,
    isWeak: isSelf
      ? call.quality > 0 && call.quality <= WEAK_QUALITY
      : call?.weak.includes(id) === true,
    isSilenced: !isSelf && known.isSilenced(id),
    producerId: isSelf ? undefined : sharedBy(call, id, 'camera'),
    isOwnPicture: isSelf && own.camera,
    hasSound: false,
    isWanted: true,
  };
}

function screenTile({ state, isSelf }: Tile, known: Known): Tile | undefined {
  const { call, own } = known;
  const { id } = state.user;
  const producerId = isSelf ? undefined : sharedBy(call, id, 'screen');
  const isOwnPicture = isSelf && own.screen;
  if (producerId === undefined && !isOwnPicture) return undefined;
  return {
    key: `${id}:screen`,
    kind: 'screen',
    state,
    isSelf,
    muted: false,
    deafened: false,
    isSpeaking: false,
    isWeak: false,
    isSilenced: false,
    producerId,
    isOwnPicture,
    hasSound: isSelf ? own.screenSound : sharedBy(call, id, 'screenAudio') !== undefined,
    isWanted: isSelf || known.isWanted(id),
  };
}

function sharedBy(
  call: CallView | undefined,
  userId: string,
  source: CallView['shared'][number]['source'],
): string | undefined {
  return call?.shared.find((one) => one.userId === userId && one.source === source)?.producerId;
}
