import { closingBrackets, labelledAddress, plainAddress } from './addresses.ts';
import type { Inline, Span } from './nodes.ts';

/** Everything up to the next sign that could begin something. */
const WORDS = /[^\\`*_~|<[@h]+/y;
const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const TICKS = /`+/y;
const RUN = /([*_~|])\1*/y;
const CROWD = /@(everyone|here)(?![\w@])/y;
const SHRUG = '\\_(ツ)_/';
const ANGLED =
  /<(?:@!?(?<user>\d{1,20})|@&(?<role>\d{1,20})|#(?<channel>\d{1,20})|(?<animated>a?):(?<name>\w{2,32}):(?<emoji>\d{1,20})|t:(?<seconds>-?\d{1,13})(?::(?<style>[tTdDfFR]))?|(?<address>https?:\/\/[^\s<>]{1,2048}))>/y;
/** The last moment a Date can hold, in seconds. */
const LAST_SECOND = 8_640_000_000_000;

/** A run of one sign and what it stands for; two kinds for three of a sign. */
const SPANS: Record<string, Span> = {
  '*': 'em',
  '**': 'strong',
  _: 'em',
  __: 'underline',
  '~~': 'strike',
  '||': 'spoiler',
};

interface Rules {
  /** Within a link's words nothing else can be followed. */
  isLabel: boolean;
}

/**
 * What one paragraph says. Takes time in proportion to its length, whatever is in it: each sign is
 * looked at once, and a pair that closes takes with it whatever was opened inside and left open.
 */
export function parseInline(source: string, rules: Rules = { isLabel: false }): Inline[] {
  const scan = new Scan(source, rules);
  return scan.run();
}

class Scan {
  readonly #source: string;
  readonly #rules: Rules;
  readonly #out: Inline[] = [];
  /** For each run of signs: where in `#out` it stands, waiting for the one that closes it. */
  readonly #opened = new Map<string, number>();
  readonly #ticks: Map<number, number[]>;
  readonly #brackets: Map<number, number>;
  #at = 0;

  constructor(source: string, rules: Rules) {
    this.#source = source;
    this.#rules = rules;
    this.#ticks = tickRuns(source);
    this.#brackets = rules.isLabel ? new Map() : closingBrackets(source);
  }

  run(): Inline[] {
    while (this.#at < this.#source.length) {
      const words = this.#match(WORDS);
      if (words !== undefined) this.#say(words[0]);
      else this.#sign();
    }
    return joined(this.#out);
  }

  #sign(): void {
    const sign = this.#source[this.#at] ?? '';
    if (sign === '\\' && this.#escape()) return;
    if (sign === '`' && this.#code()) return;
    if (sign === '<' && this.#angled()) return;
    if (sign === '[' && this.#masked()) return;
    if (sign === 'h' && this.#bare()) return;
    if (sign === '@' && this.#crowd()) return;
    const run = this.#match(RUN);
    if (run === undefined) {
      this.#at += 1;
      this.#say(sign);
    } else this.#spans(run[0]);
  }

  #escape(): boolean {
    if (this.#source.startsWith(SHRUG, this.#at)) {
      this.#at += SHRUG.length;
      this.#say(SHRUG);
      return true;
    }
    const escaped = this.#match(ESCAPED);
    if (escaped === undefined) return false;
    this.#say(escaped[1] ?? '');
    return true;
  }

  #code(): boolean {
    TICKS.lastIndex = this.#at;
    const ticks = TICKS.exec(this.#source)?.[0].length ?? 0;
    const from = this.#at + ticks;
    const runs = this.#ticks.get(ticks) ?? [];
    // Met in order: what lies behind is not looked at again.
    while ((runs.at(-1) ?? from) < from) runs.pop();
    const end = runs.at(-1);
    this.#at = end === undefined ? from : end + ticks;
    if (end === undefined) this.#say('`'.repeat(ticks));
    else this.#add({ kind: 'code', text: withoutPadding(this.#source.slice(from, end)) });
    return true;
  }

  #angled(): boolean {
    const groups = this.#match(ANGLED, !this.#rules.isLabel)?.groups;
    if (groups === undefined) return false;
    const { user, role, channel, animated, name, emoji, seconds, style, address } = groups;
    if (user !== undefined) this.#add({ kind: 'user', id: user });
    else if (role !== undefined) this.#add({ kind: 'role', id: role });
    else if (channel !== undefined) this.#add({ kind: 'channel', id: channel });
    else if (name !== undefined && emoji !== undefined) {
      this.#add({ kind: 'emoji', name, id: emoji, isAnimated: animated === 'a' });
    } else if (seconds !== undefined) this.#time(Number(seconds), style ?? 'f');
    else if (address !== undefined) this.#address(address);
    return true;
  }

  #time(seconds: number, style: string): void {
    if (Math.abs(seconds) > LAST_SECOND) this.#say(`<t:${seconds}>`);
    else this.#add({ kind: 'time', seconds, style });
  }

  #address(written: string): void {
    const link = plainAddress(written, 0);
    if (link === undefined) this.#say(`<${written}>`);
    else this.#add({ kind: 'link', href: link.href, isQuiet: true });
  }

  #masked(): boolean {
    const end = this.#brackets.get(this.#at);
    const target = end === undefined ? undefined : labelledAddress(this.#source, end + 1);
    if (end === undefined || target === undefined) return false;
    const label = this.#source.slice(this.#at + 1, end);
    this.#at = target.end;
    const children = parseInline(label, { isLabel: true });
    const { href, isQuiet } = target;
    this.#add({ kind: 'link', href, children, ...(isQuiet ? { isQuiet } : {}) });
    return true;
  }

  #bare(): boolean {
    const found = this.#rules.isLabel ? undefined : plainAddress(this.#source, this.#at);
    if (found === undefined) return false;
    this.#at = found.end;
    this.#add({ kind: 'link', href: found.href });
    return true;
  }

  #crowd(): boolean {
    const crowd = this.#match(CROWD, !this.#rules.isLabel)?.[1];
    if (crowd !== 'everyone' && crowd !== 'here') return false;
    this.#add({ kind: 'crowd', crowd });
    return true;
  }

  /** A run such as `**`: ends what it can end, then begins what it can begin. */
  #spans(run: string): void {
    const start = this.#at - run.length;
    const sign = run[0] ?? '';
    const before = this.#source[start - 1] ?? ' ';
    const after = this.#source[this.#at] ?? ' ';
    // `snake_case` is a word; more than three of a sign are a line, or a word left out.
    const isWord = sign === '_' && run.length === 1;
    const mayClose = sign === '|' || (!isSpace(before) && !(isWord && isLetter(after)));
    const mayOpen = sign === '|' || (!isSpace(after) && !(isWord && isLetter(before)));
    if (run.length > 3 || (sign === '|' && run.length > 2)) {
      this.#say(run);
      return;
    }
    let left = run;
    while (left !== '') {
      const marker = this.#marker(left, sign);
      if (mayClose && this.#close(marker)) left = left.slice(marker.length);
      else if (mayOpen && marker in SPANS) {
        this.#opened.set(marker, this.#out.length);
        this.#say(marker);
        left = left.slice(marker.length);
      } else {
        this.#say(left);
        left = '';
      }
    }
  }

  /** Of `***`, which ends both or begins both, what comes first: what was opened last. */
  #marker(left: string, sign: string): string {
    const two = this.#opened.get(sign + sign) ?? -1;
    const one = this.#opened.get(sign) ?? -1;
    if (left.length === 3 && one > two) return sign;
    return left.length === 3 ? sign + sign : left;
  }

  #close(marker: string): boolean {
    const kind = SPANS[marker];
    const opener = this.#opened.get(marker);
    if (kind === undefined || opener === undefined || opener + 1 >= this.#out.length) return false;
    const children = joined(this.#out.splice(opener + 1));
    this.#out[opener] = { kind, children };
    for (const [other, at] of this.#opened) if (at >= opener) this.#opened.delete(other);
    return true;
  }

  #match(pattern: RegExp, isAllowed = true): RegExpExecArray | undefined {
    if (!isAllowed) return undefined;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match !== null) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }

  #say(text: string): void {
    this.#out.push({ kind: 'text', text });
  }

  #add(node: Inline): void {
    this.#out.push(node);
  }
}

/** Neighbouring texts as one. */
function joined(nodes: Inline[]): Inline[] {
  const out: Inline[] = [];
  let words: string[] = [];
  const flush = (): void => {
    const text = words.join('');
    if (text !== '') out.push({ kind: 'text', text });
    words = [];
  };
  for (const node of nodes) {
    if (node.kind === 'text') words.push(node.text);
    else {
      flush();
      out.push(node);
    }
  }
  flush();
  return out;
}

/** Where runs of backticks stand, by their length, the last one first. */
function tickRuns(source: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of source.matchAll(/`+/g)) {
    const same = runs.get(run.length);
    if (same === undefined) runs.set(run.length, [index]);
    else same.push(index);
  }
  for (const same of runs.values()) same.reverse();
  return runs;
}

/** One space on either side lets code begin or end with a backtick. */
function withoutPadding(code: string): string {
  const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return isPadded ? code.slice(1, -1) : code;
}

const isSpace = (letter: string): boolean => /\s/.test(letter);
const isLetter = (letter: string): boolean => /[\p{L}\p{N}_]/u.test(letter);
