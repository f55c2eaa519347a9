import { messages } from './en-messages.ts';
import { words } from './words.ts';

/** The words of what one does with messages, which load with it. */
export const t = words({ messages });
