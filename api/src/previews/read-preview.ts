import type { PageFacts } from './page-facts.ts';
import type { Shrink, SmallPicture, Web } from './web.ts';

/** What is shown of an address. */
export interface Preview extends Omit<PageFacts, 'image'> {
  picture?: SmallPicture;
}

export interface PreviewSources {
  web: Web;
  shrink: Shrink;
}

/** @returns undefined when there is nothing to show */
export async function readPreview(
  { web, shrink }: PreviewSources,
  address: string,
): Promise<Preview | undefined> {
  const found = await web.read(address);
  if (found.kind === 'refused') return undefined;
  if (found.kind === 'picture') {
    const picture = await shrink(found.bytes);
    return picture === undefined ? undefined : { picture };
  }
  // With it comes a parser: loaded with the first link that somebody posts.
  const { readFacts } = await import('./page-facts.ts');
  const { image, ...words } = readFacts(found.html, found.address);
  if (words.title === undefined && words.description === undefined) return undefined;
  const picture = image === undefined ? undefined : await readPicture({ web, shrink }, image);
  return picture === undefined ? words : { ...words, picture };
}

async function readPicture(
  { web, shrink }: PreviewSources,
  address: string,
): Promise<SmallPicture | undefined> {
  const found = await web.read(address);
  return found.kind === 'picture' ? shrink(found.bytes) : undefined;
}
