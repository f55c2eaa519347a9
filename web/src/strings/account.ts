import { account } from './en-account.ts';
import { words } from './words.ts';

/** The words about one's own account, which load with the settings. */
export const t = words({ account });
