import { createEffect, onCleanup } from 'solid-js';

interface CallKeys {
  isInCall: () => boolean;
  isMuted: () => boolean;
  toggleMute: () => void;
  leave: () => void;
}

/** The keys that headsets and systems have for calls. */
export function createCallKeys({ isInCall, isMuted, toggleMute, leave }: CallKeys): void {
  if (!('mediaSession' in navigator)) return;
  const { mediaSession } = navigator;
  createEffect(() => {
    if (!isInCall()) return;
    answer('togglemicrophone', toggleMute);
    answer('hangup', leave);
    onCleanup(() => {
      answer('togglemicrophone', null);
      answer('hangup', null);
    });
    // A system that shows the microphone shows it as it is.
    createEffect(() => void mediaSession.setMicrophoneActive?.(!isMuted()));
  });

  function answer(
    key: 'togglemicrophone' | 'hangup',
    handler: MediaSessionActionHandler | null,
  ): void {
    try {
      // The Media Session API has these two; TypeScript's library does not yet.
      mediaSession.setActionHandler(key as MediaSessionAction, handler);
    } catch {
      // A key that this browser does not know.
    }
  }
}
