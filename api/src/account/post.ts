import type { Core } from '../announce.ts';
import type { users } from '../db/schema.ts';
import type { Letter } from '../mail.ts';

type UserRow = typeof users.$inferSelect;
type Write = (about: {
  instance: string;
  origin: string;
  username: string;
  to: string;
}) => Promise<Letter>;

/**
 * Writes to a user and sends it; never rejects. A letter that nobody takes is logged, and whoever
 * waits for it asks again.
 */
export async function post(
  core: Core,
  origin: string,
  { id, username, email }: Pick<UserRow, 'id' | 'username' | 'email'>,
  write: Write,
): Promise<void> {
  try {
    const { name } = await core.settings.read();
    await core.mail.send(await write({ instance: name, origin, username, to: email }));
  } catch (error) {
    core.log.warn('a letter was not sent', { userId: id, error });
  }
}
