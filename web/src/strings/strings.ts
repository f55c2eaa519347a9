import { en } from './en.ts';
import { words } from './words.ts';

/** What the app says in one place: `t('login.title')`, `t('invite.join', server.name)`. */
export const t = words(en);
