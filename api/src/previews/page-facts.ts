import { Parser } from 'htmlparser2';

/** What a page says of itself. */
export interface PageFacts {
  site?: string;
  title?: string;
  description?: string;
  /** The address of its picture. */
  image?: string;
}

const MAX = { site: 100, title: 256, description: 512 } as const;
/** What is read of a title that never ends. */
const MAX_TITLE_READ = 2_000;

/** Who says it best, first. */
const SOURCES = {
  site: ['og:site_name', 'application-name'],
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'],
} as const;

/** Reads a page's title, description and picture; what it does not say stays absent. */
export function readFacts(html: string, address: string): PageFacts {
  const said = new Map<string, string>();
  let title = '';
  let depth: 'before' | 'in' | 'after' = 'before';
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'meta') {
        const about = (attributes['property'] ?? attributes['name'] ?? '').trim().toLowerCase();
        const content = attributes['content'];
        if (content !== undefined && !said.has(about)) said.set(about, content);
      } else if (name === 'title' && depth === 'before') depth = 'in';
      // Pictures in the page's body have titles, too.
      else if (name === 'body' || name === 'svg') depth = 'after';
    },
    ontext(text) {
      if (depth === 'in' && title.length < MAX_TITLE_READ) title += text;
    },
    onclosetag(name) {
      if (name === 'title' && depth === 'in') depth = 'after';
    },
  });
  parser.end(html);
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => said.get(name)).find((value) => value !== undefined && value.trim() !== '');
  const facts: PageFacts = {};
  const site = plain(first(SOURCES.site), MAX.site);
  const named = plain(first(SOURCES.title) ?? title, MAX.title);
  const description = plain(first(SOURCES.description), MAX.description);
  const image = absolute(first(SOURCES.image), address);
  if (site !== undefined) facts.site = site;
  if (named !== undefined) facts.title = named;
  if (description !== undefined && description !== named) facts.description = description;
  if (image !== undefined) facts.image = image;
  return facts;
}

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of words without what turns them round or cannot be seen, cut where they get long. */
function plain(text: string | undefined, max: number): string | undefined {
  if (text === undefined) return undefined;
  const words = text.toWellFormed().replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
  if (words === '') return undefined;
  return words.length <= max
    ? words
    : `${words
        .slice(0, max - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

function absolute(written: string | undefined, address: string): string | undefined {
  const text = written?.trim() ?? '';
  if (text === '' || !URL.canParse(text, address)) return undefined;
  const url = new URL(text, address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
