import { settings } from './en-settings.ts';
import { words } from './words.ts';

/** The words of the settings, which load with them. */
export const t = words({ settings });
