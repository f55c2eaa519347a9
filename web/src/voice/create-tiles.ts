import type { VoiceState } from '@harmonium/rooms/voice-state';
import { createMemo } from 'solid-js';
import { useSession } from '../session-context.tsx';
import { tilesOf } from './tiles.ts';
import type { Tile } from './tiles.ts';
import { useVoice } from './voice-context.tsx';
import type { CallView } from './voice-context.tsx';

/** What the view of a call shows; `call` is undefined while one looks on from outside. */
export function createTiles(
  inside: () => readonly VoiceState[],
  call: () => CallView | undefined,
): () => Tile[] {
  const voice = useVoice();
  const session = useSession();
  return createMemo(() => {
    const video = voice.video();
    const screen = video?.own.screen.state();
    return tilesOf(inside(), {
      selfId: session.user()?.id,
      call: call(),
      own: {
        isSpeaking: voice.own.isSpeaking(),
        muted: voice.muted(),
        deafened: voice.deafened(),
        camera: video?.own.camera.state().picture !== undefined,
        screen: screen?.picture !== undefined,
        screenSound: screen?.hasSound === true,
      },
      isSilenced: (userId) => voice.volumes.of(userId).muted,
      isWanted: (userId) => video?.isWanted(userId) !== false,
    });
  });
}
