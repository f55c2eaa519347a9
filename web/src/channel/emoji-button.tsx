import FaceSlightlySmiling from 'lucide-solid/icons/face-slightly-smiling';
import { Show, Suspense, createSignal, lazy } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';

const loadPicker = () => import('../emoji/emoji-picker.tsx');
const EmojiPicker = lazy(async () => ({ default: (await loadPicker()).EmojiPicker }));

/** Opens all emoji beside the field. */
export function EmojiButton(props: { onPick: (key: string) => void; onClose: () => void }) {
  const conversation = useConversation();
  const [at, setAt] = createSignal<DOMRect>();
  const warm = () => void loadPicker().catch(() => undefined);
  return (
    <>
      <button
        type="button"
        aria-label={t('composer.emoji')}
        aria-haspopup="dialog"
        aria-expanded={at() !== undefined}
        title={t('composer.emoji')}
        class="touch-target grid size-[38px] shrink-0 place-items-center rounded-medium text-third transition hover:bg-raised-more hover:text-ink aria-expanded:text-brass-ink"
        onPointerEnter={warm}
        onFocus={warm}
        onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
      >
        <FaceSlightlySmiling size={20} />
      </button>
      <Suspense>
        <Show when={at()} keyed>
          {(rect) => (
            <EmojiPicker
              at={rect}
              custom={conversation.emoji.sets()}
              onPick={props.onPick}
              onClose={() => {
                setAt(undefined);
                props.onClose();
              }}
            />
          )}
        </Show>
      </Suspense>
    </>
  );
}
