import { For } from 'solid-js';
import { Dialog } from '../design/dialog.tsx';
import { t } from '../strings/keys.ts';
import { SHORTCUT_GROUPS, shortcutParts, shortcutsIn } from './shortcuts.ts';

/** Every key that does something. */
export function KeysDialog(props: { onClose: () => void }) {
  return (
    <Dialog open onClose={props.onClose} title={t('keys.title')} sentence={t('keys.sentence')}>
      <div class="grid gap-5">
        <For each={SHORTCUT_GROUPS}>
          {(group) => (
            <section>
              <h3 class="mb-1 text-label font-bold text-pretty text-third">
                {t(`keys.group.${group}`)}
              </h3>
              <dl>
                <For each={shortcutsIn(group)}>
                  {(name) => (
                    <div class="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0">
                      <dt class="text-second">{t(`keys.of.${name}`)}</dt>
                      <dd class="flex shrink-0 gap-1">
                        <For each={shortcutParts(name)}>
                          {(part) => (
                            <kbd class="grid h-6 min-w-6 place-items-center rounded-small border border-line bg-raised px-1.5 font-sans text-label font-medium text-ink">
                              {part}
                            </kbd>
                          )}
                        </For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}
