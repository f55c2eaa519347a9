import type { Embed } from '@harmonium/api/embed';
import { Show, createSignal } from 'solid-js';

/** What stands behind a link: where it leads is always said. */
export function PreviewCard(props: { embed: Embed }) {
  return (
    <Show when={hasWords(props.embed)} fallback={<PictureAlone embed={props.embed} />}>
      <article class="grid max-w-[min(27rem,100%)] gap-1 overflow-hidden rounded-medium border border-line border-s-3 border-s-brass bg-side px-3.5 py-3">
        <p dir="auto" class="truncate text-label text-third">
          {siteOf(props.embed)}
        </p>
        <Show when={props.embed.title}>
          {(title) => (
            <a
              dir="auto"
              href={props.embed.url}
              target="_blank"
              rel="noopener noreferrer nofollow"
              class="line-clamp-2 font-bold text-brass-ink hover:underline"
            >
              {title()}
            </a>
          )}
        </Show>
        <Show when={props.embed.description}>
          <p dir="auto" class="line-clamp-4 text-list text-second">
            {props.embed.description}
          </p>
        </Show>
        <Show when={props.embed.image}>
          {(image) => <Picture image={image()} url={props.embed.url} class="mt-1.5" />}
        </Show>
      </article>
    </Show>
  );
}

type Image = NonNullable<Embed['image']>;

function PictureAlone(props: { embed: Embed }) {
  return (
    <Show when={props.embed.image}>
      {(image) => <Picture image={image()} url={props.embed.url} />}
    </Show>
  );
}

/** Takes its place before it is there, so that nothing it arrives among moves. */
function Picture(props: { image: Image; url: string; class?: string }) {
  const [isGone, setIsGone] = createSignal(false);
  return (
    <Show when={!isGone()}>
      <a
        href={props.url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        aria-label={props.url}
        class={`block max-h-80 max-w-full justify-self-start overflow-hidden rounded-small bg-raised ${props.class ?? ''}`}
        style={{
          'aspect-ratio': `${props.image.width} / ${props.image.height}`,
          width: `min(${widthOf(props.image)}px, 100%)`,
        }}
      >
        <img
          src={props.image.address}
          width={props.image.width}
          height={props.image.height}
          alt=""
          loading="lazy"
          decoding="async"
          class="size-full object-contain"
          onError={() => setIsGone(true)}
        />
      </a>
    </Show>
  );
}

const MAX_HEIGHT = 320;
const MAX_WIDTH = 400;

/** As wide as fits into the card without being higher than it may. */
function widthOf({ width, height }: Image): number {
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return Math.max(1, Math.round(width * scale));
}

const hasWords = ({ title, description }: Embed): boolean =>
  title !== undefined || description !== undefined;

function siteOf({ site, url }: Embed): string {
  const host = new URL(url).hostname.replace(/^www\./, '');
  return site === undefined || site === host ? host : `${site} · ${host}`;
}
