import type { Theme } from '@harmonium/api/themes';

/** The app drawn very small, in the colours of one theme and mode. */
export function Miniature(props: { theme: Theme; mode: 'dark' | 'light' }) {
  return (
    <div
      aria-hidden="true"
      data-theme={props.theme}
      data-mode={props.mode}
      class="flex min-w-0 flex-1 bg-main"
    >
      <div class="w-[14%] bg-rail p-[3%]">
        <div class="aspect-square rounded-[3px] bg-brass" />
      </div>
      <div class="flex w-[30%] flex-col gap-1 bg-side p-1.5">
        <div class="h-1 rounded-full bg-third opacity-60" />
        <div class="h-1 w-2/3 rounded-full bg-third opacity-60" />
      </div>
      <div class="flex flex-1 flex-col justify-end gap-1 p-1.5">
        <div class="h-1 w-3/4 rounded-full bg-second" />
        <div class="h-1 w-1/2 rounded-full bg-second" />
        <div class="h-2 rounded-[3px] bg-raised-more" />
      </div>
    </div>
  );
}
