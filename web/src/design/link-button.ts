/** A link that looks like the main button, for a step that is a change of page. */
export const LINK_BUTTON =
  'inline-flex min-h-10 items-center justify-center rounded-medium bg-brass px-4 font-medium text-on-brass transition hover:bg-brass-hover active:scale-[0.985] pointer-coarse:min-h-11';
/** The same, less important. */
export const QUIET_LINK_BUTTON =
  'inline-flex min-h-10 items-center justify-center rounded-medium bg-raised-more px-4 font-medium text-ink transition hover:[filter:brightness(var(--hover-tone))] active:scale-[0.985] pointer-coarse:min-h-11';
