import { video } from './en-video.ts';
import { words } from './words.ts';

/** The words of cameras and screens, which load with the first call. */
export const t = words({ video });
