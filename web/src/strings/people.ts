import { people } from './en-people.ts';
import { words } from './words.ts';

/** The words of members' cards and of moderation, which load with them. */
export const t = words({ people });
