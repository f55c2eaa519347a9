import { useVoice } from '../voice-context.tsx';
import type { Video } from './create-video.ts';

/** Cameras and screens, once they have loaded. */
export function useVideo(): () => Video | undefined {
  return useVoice().video;
}
