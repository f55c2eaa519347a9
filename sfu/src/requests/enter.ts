import { Refusal } from '../refusal.ts';
import type { Handler } from './handler.ts';

/** Who made ready to join joins. */
export const enter: Handler<'enter'> = async ({ enter: admit }) => {
  if (admit === undefined) throw new Refusal('invalid', 'This socket did not wait to enter.');
  admit();
  return {};
};
