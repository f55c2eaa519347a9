import { channelSettings } from './en-channel-settings.ts';
import { permissions } from './en-permissions.ts';
import { words } from './words.ts';

/** The words of a channel's settings, which load with them. */
export const t = words({ channelSettings, permissions });
