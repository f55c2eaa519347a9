import { connectionTest } from './en-connection-test.ts';
import { words } from './words.ts';

/** The words of the connection test, which load with the voice settings. */
export const t = words({ connectionTest });
