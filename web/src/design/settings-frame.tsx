import { A, useNavigate } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import type { LucideIcon } from 'lucide-solid';
import { For, Show, createEffect, on } from 'solid-js';
import type { Component, JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { createPageTitle } from './page-title.ts';
import { createShortcut } from './shortcut.ts';

export interface SettingsSection {
  /** Last part of the address. */
  key: string;
  name: string;
  icon: LucideIcon;
  content: Component;
  /** Tables and two columns need more room than a form. */
  wide?: boolean;
}

/** Escape puts away what floats above the page first. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

/** A page of settings: its sections at the side (on a phone: on top), one of them open. */
export function SettingsFrame(props: {
  title: string;
  /** Where the way back leads, also by Escape. */
  back: { href: string; name: string };
  /** Address of the page without a section. */
  base: string;
  sections: readonly SettingsSection[];
  /** Key of the open one; the first when there is no such. */
  open: string | undefined;
  /** Under the list of sections. */
  footer?: JSX.Element;
}) {
  const navigate = useNavigate();
  const open = () => props.sections.find(({ key }) => key === props.open) ?? props.sections[0];
  createPageTitle(() => `${open()?.name ?? ''} · ${props.title}`);
  let list: HTMLElement | undefined;
  // Where the list is a line that scrolls, the open section is in it to be seen.
  createEffect(
    on(open, () => {
      const link = list?.querySelector('[aria-current]');
      link?.scrollIntoView({ inline: 'center', block: 'nearest' });
    }),
  );
  createShortcut('Escape', () => {
    if (!isCovered()) navigate(props.back.href);
  });
  return (
    <div class="flex min-h-dvh flex-col bg-main tablet:h-dvh tablet:flex-row">
      <header class="pt-safe shrink-0 bg-side px-3 pb-2 tablet:flex tablet:w-[320px] tablet:justify-end tablet:overflow-y-auto tablet:py-6">
        <div class="tablet:w-[240px]">
          <A
            href={props.back.href}
            class="mt-2 inline-flex min-h-11 max-w-full items-center gap-2 rounded-small px-2.5 text-second transition hover:bg-raised hover:text-ink tablet:mt-0 tablet:min-h-9"
          >
            <ArrowLeft size={16} class="shrink-0" />
            <span class="truncate">{props.back.name}</span>
          </A>
          <h1 class="mt-4 mb-3 line-clamp-2 px-2.5 text-display wrap-anywhere font-bold tracking-tight">
            {props.title}
          </h1>
          <nav
            ref={(element) => (list = element)}
            aria-label={props.title}
            class="flex gap-1 overflow-x-auto tablet:flex-col tablet:gap-px"
          >
            <For each={props.sections}>
              {(section) => (
                <A
                  href={`${props.base}/${section.key}`}
                  aria-current={section.key === open()?.key ? 'page' : undefined}
                  class="flex min-h-11 shrink-0 items-center gap-3 rounded-small px-2.5 transition-colors tablet:min-h-[38px]"
                  classList={{
                    'bg-raised-more text-ink': section.key === open()?.key,
                    'text-second hover:bg-raised hover:text-ink': section.key !== open()?.key,
                  }}
                >
                  <Dynamic component={section.icon} size={17} class="max-tablet:hidden" />
                  {section.name}
                </A>
              )}
            </For>
            {props.footer}
          </nav>
        </div>
      </header>
      <main class="pb-safe relative min-w-0 flex-1 tablet:overflow-y-auto">
        <Show when={open()} keyed>
          {(section) => (
            <div
              class="px-5 py-8 tablet:px-10 tablet:py-[84px]"
              classList={{
                'max-w-[640px]': section.wide !== true,
                'max-w-[960px]': section.wide === true,
              }}
            >
              <h2 class="mb-6 text-title font-bold">{section.name}</h2>
              <Dynamic component={section.content} />
            </div>
          )}
        </Show>
      </main>
    </div>
  );
}
