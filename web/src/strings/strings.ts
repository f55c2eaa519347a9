import { flatten, translator } from '@solid-primitives/i18n';
import { en } from './en.ts';

const catalogue = flatten(en);

/** What the app says in one place: `t('login.title')`, `t('invite.join', server.name)`. */
export const t = translator(() => catalogue);
