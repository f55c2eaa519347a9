/** What can be followed from a message. */
const PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);
const MAX_ADDRESS_LENGTH = 2048;

// Hosts are matched strictly, so that what is none costs nothing to refuse.
const BARE = /https?:\/\/[^\s<>/?#[\]()\\|`"]{1,253}(?:[/?#][^\s<>|\\`]{0,2048})?/y;
const TARGET =
  /\((<?)((?:https?:\/\/[^\s<>/?#[\]()\\|`"]{1,253}(?:[/?#][^\s<>]{0,2048})?|mailto:[^\s<>[\]]{1,320}))/y;
const TITLE = /\s+"[^"\n]{0,256}"\)/y;
/** Ends a sentence, or what stands around the address, and not the address. */
const ENDINGS = new Set('.,:;!?\'"*_~');

interface Found {
  href: string;
  /** Where the text goes on. */
  end: number;
}

/** The address that begins here, without the sentence's own signs behind it. */
export function plainAddress(source: string, at: number): Found | undefined {
  BARE.lastIndex = at;
  const match = BARE.exec(source)?.[0];
  if (match === undefined) return undefined;
  const written = withoutEndings(match);
  const href = safeAddress(written);
  return href === undefined ? undefined : { href, end: at + written.length };
}

/** The address in parentheses behind a label. */
export function labelledAddress(
  source: string,
  at: number,
): (Found & { isQuiet: boolean }) | undefined {
  TARGET.lastIndex = at;
  const [opening = '', angle = '', rest = ''] = TARGET.exec(source) ?? [];
  if (opening === '') return undefined;
  const isQuiet = angle === '<';
  const length = isQuiet ? rest.length : balancedLength(rest);
  const href = safeAddress(rest.slice(0, length));
  if (href === undefined) return undefined;
  const from = at + 1 + angle.length + length;
  const end = closing(source, isQuiet && source[from] === '>' ? from + 1 : from);
  return end === undefined ? undefined : { href, end, isQuiet };
}

/** For each `[` its `]`, found in one pass. */
export function closingBrackets(source: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '\\') at += 1;
    else if (sign === '[') open.push(at);
    else if (sign === ']') {
      const from = open.pop();
      if (from !== undefined && from + 1 < at) pairs.set(from, at);
    }
  }
  return pairs;
}

function closing(source: string, at: number): number | undefined {
  if (source[at] === ')') return at + 1;
  TITLE.lastIndex = at;
  return TITLE.test(source) ? TITLE.lastIndex : undefined;
}

/** Up to the parenthesis that was not opened in the address itself. */
function balancedLength(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return text.length;
}

function withoutEndings(address: string): string {
  let opened = 0;
  for (const sign of address) opened += sign === '(' ? 1 : sign === ')' ? -1 : 0;
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? '';
    if (last === ')' && opened < 0) opened += 1;
    else if (!ENDINGS.has(last)) return address.slice(0, end);
    end -= 1;
  }
}

/** The address as it is shown and followed: punycode for whatever looks like other letters. */
function safeAddress(written: string): string | undefined {
  if (written.length > MAX_ADDRESS_LENGTH || !URL.canParse(written)) return undefined;
  const url = new URL(written);
  // Whoever has a name before the host is not who the link seems to lead to.
  if (!PROTOCOLS.has(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return url.href.length > MAX_ADDRESS_LENGTH ? undefined : url.href;
}
