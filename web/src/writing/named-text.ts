import { codeParts } from './code-parts.ts';

/** What stands in a field for something else on the wire: `@Ann` for `<@1>`. */
export type Picked = ReadonlyMap<string, string>;

/** A text as it is written: names instead of ids. */
export interface NamedText {
  text: string;
  picked: Picked;
}

/** What a mention on the wire is called; undefined: nobody knows. */
export type NameOf = (mention: Mention) => string | undefined;

export type Mention =
  | { kind: 'user' | 'role' | 'channel'; id: string }
  | { kind: 'emoji'; id: string; name: string };

export const NOTHING_PICKED: Picked = new Map();

const WIRE =
  /<(?:@!?(?<user>\d{1,20})|@&(?<role>\d{1,20})|#(?<channel>\d{1,20})|a?:(?<name>\w{2,32}):(?<emoji>\d{1,20}))>/g;

/** As it is sent. A name that was changed by a letter is no name any more. */
export function wireText({ text, picked }: NamedText): string {
  const pattern = pickedPattern(picked);
  if (pattern === undefined) return text;
  return codeParts(text)
    .map((part) =>
      part.isCode ? part.text : part.text.replace(pattern, (shown) => picked.get(shown) ?? shown),
    )
    .join('');
}

/** As it is written; what nobody knows the name of stays as it is. */
export function namedText(wire: string, nameOf: NameOf, known: Picked = NOTHING_PICKED): NamedText {
  const picked = new Map(known);
  const text = codeParts(wire)
    .map((part) =>
      part.isCode
        ? part.text
        : part.text.replace(WIRE, (written) => shownFor(written, nameOf, picked)),
    )
    .join('');
  return { text, picked };
}

function shownFor(written: string, nameOf: NameOf, picked: Map<string, string>): string {
  const mention = mentionIn(written);
  const shown = mention === undefined ? undefined : nameOf(mention);
  if (shown === undefined || !canStand(shown, written, picked)) return written;
  picked.set(shown, written);
  return shown;
}

/** False for what would be read as something else, and where somebody else goes by that name. */
export function canStand(shown: string, wire: string, picked: Picked): boolean {
  if (/[`<>\n]/.test(shown) || shown === '@everyone' || shown === '@here') return false;
  return (picked.get(shown) ?? wire) === wire;
}

function mentionIn(written: string): Mention | undefined {
  const groups = new RegExp(WIRE.source).exec(written)?.groups;
  if (groups === undefined) return undefined;
  const { user, role, channel, name, emoji } = groups;
  if (user !== undefined) return { kind: 'user', id: user };
  if (role !== undefined) return { kind: 'role', id: role };
  if (channel !== undefined) return { kind: 'channel', id: channel };
  return emoji === undefined ? undefined : { kind: 'emoji', id: emoji, name: name ?? '' };
}

/** Finds what was picked, as whole words; undefined: nothing was. */
export function pickedPattern(picked: Picked): RegExp | undefined {
  if (picked.size === 0) return undefined;
  const names = [...picked.keys()]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(
    `(?<![\\p{L}\\p{N}_@#\\\\])(?:${names.join('|')})(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])`,
    'gu',
  );
}

/** What was picked and is still in the text. */
export function stillPicked({ text, picked }: NamedText): Picked {
  return new Map([...picked].filter(([shown]) => text.includes(shown)));
}
