import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { Reeds } from '../design/reeds.tsx';
import { t } from '../strings/server-settings.ts';
import type { Addition } from './create-additions.ts';

/** A picture that is being added, or was not, and why. */
export function AdditionRow(props: { addition: Addition; onForget: () => void }) {
  return (
    <li class="flex min-h-14 items-center gap-3 rounded-medium bg-side px-3 py-2">
      <img
        src={props.addition.preview}
        alt=""
        class="size-8 shrink-0 object-contain"
        classList={{ 'opacity-50': props.addition.problem === undefined }}
        onError={(event) => event.currentTarget.classList.add('invisible')}
      />
      <Show
        when={props.addition.problem}
        fallback={
          <>
            <span role="status" class="min-w-0 flex-1 truncate text-second">
              {t('emojiSettings.uploading', props.addition.name)}
            </span>
            <Reeds kind="loading" size={18} class="text-third" />
          </>
        }
      >
        {(problem) => (
          <>
            <div role="alert" class="min-w-0 flex-1">
              <p class="truncate font-medium">{t('emojiSettings.failed', props.addition.file)}</p>
              <p class="text-label text-danger-ink">{problem()}</p>
            </div>
            <IconButton
              label={t('emojiSettings.dismiss', props.addition.file)}
              onClick={() => props.onForget()}
            >
              <X size={16} />
            </IconButton>
          </>
        )}
      </Show>
    </li>
  );
}
