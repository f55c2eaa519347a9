import type { Mail } from '../mail.ts';

/**
 * For an instance without a mail server: whoever runs it reads the link and hands it on. Letters
 * that only tell something are not shown.
 * @param say writes one line where an operator looks
 */
export function createConsoleMail(say: (line: string) => void = print): Mail {
  return {
    async send({ to, subject, link }) {
      if (link !== undefined) say(oneLine(`Mail for ${to}, "${subject}": ${link}`));
    },
  };
}

/** At whatever level the instance logs. */
function print(line: string): void {
  // oxlint-disable-next-line no-console -- The console is what this adapter is for.
  console.log(line);
}

/** Nothing that somebody registers with may look like a line of its own. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
