import { t } from '../strings/search.ts';

interface Names {
  user: (id: string) => string | undefined;
  role: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
}

const MARK = /<(@&|@|#)(\d{1,19})>|<a?(:\w{1,32}:)\d{1,19}>/g;

/** What a message says in one run of text: ids stand for what they are called. */
export function plainText(content: string, names: Names): string {
  return content.replace(MARK, (_, sign?: string, id = '', emoji?: string) => {
    if (emoji !== undefined) return emoji;
    if (sign === '#') return named('#', names.channel(id), t('search.aChannel'));
    if (sign === '@&') return named('@', names.role(id), t('search.aRole'));
    return named('@', names.user(id), t('search.somebody'));
  });
}

const named = (sign: string, name: string | undefined, unknown: string): string =>
  name === undefined ? unknown : `${sign}${name}`;
