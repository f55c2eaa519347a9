import { voiceSettings } from './en-voice-settings.ts';
import { words } from './words.ts';

/** The words of the voice settings, which load with them. */
export const t = words({ voiceSettings });
