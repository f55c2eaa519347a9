import { bad, ok, wordsOf, type Check } from '../finding.ts';
import { reachTcp } from '../reach.ts';

export const mail: Check = async ({ environment: { smtp } }) => {
  if (smtp === undefined) return [ok('mail', 'none: links are printed to the console')];
  try {
    await reachTcp(smtp.port, smtp.host);
    return [ok('mail', `${smtp.host}:${smtp.port} answers`)];
  } catch (error) {
    return [
      bad('mail', `${smtp.host}:${smtp.port}: ${wordsOf(error)}`, 'Check SMTP_HOST and SMTP_PORT.'),
    ];
  }
};
