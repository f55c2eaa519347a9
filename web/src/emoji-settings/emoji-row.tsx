import type { Emoji } from '@harmonium/api/emoji';
import Trash from 'lucide-solid/icons/trash';
import { Show, createSignal, createUniqueId } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { EmojiPicture } from '../emoji/emoji-picture.tsx';
import { problemSentence } from '../problems.ts';
import { exactTime, relativeTime } from '../server-settings/relative-time.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { foldedName, isEmojiName } from './emoji-name.ts';

interface EmojiRowProps {
  emoji: Emoji;
  /** Undefined: not known yet. */
  added: { by: string; at: string } | undefined;
  onRemove: () => void;
}

/** One emoji: its picture, its name to be written over, and who added it. */
export function EmojiRow(props: EmojiRowProps) {
  const call = useApi();
  const id = createUniqueId();
  const [typed, setTyped] = createSignal<string>();
  const [problem, setProblem] = createSignal<string>();
  const name = () => typed() ?? props.emoji.name;

  function giveUp(): void {
    setTyped(undefined);
    setProblem(undefined);
  }

  async function rename(): Promise<void> {
    if (foldedName(name()) === props.emoji.name) {
      giveUp();
      return;
    }
    if (!isEmojiName(name())) {
      setProblem(t('emojiSettings.wrongName'));
      return;
    }
    const { serverId, id: eid } = props.emoji;
    try {
      await call('PATCH /api/servers/:id/emojis/:eid', {
        params: { id: serverId, eid },
        body: { name: name() },
      });
      giveUp();
    } catch (caught) {
      setProblem(problemSentence(caught));
    }
  }

  return (
    <li class="group flex items-center gap-3.5 py-2.5">
      <span class="grid size-12 shrink-0 place-items-center rounded-medium bg-side">
        <EmojiPicture emoji={props.emoji} class="size-8" />
      </span>
      <div class="min-w-0 flex-1">
        <div class="relative -ml-2 flex max-w-72">
          <input
            type="text"
            aria-label={t('emojiSettings.name', props.emoji.name)}
            aria-invalid={problem() !== undefined}
            aria-describedby={problem() === undefined ? undefined : `${id}-note`}
            maxLength={32}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={name()}
            class="h-8 min-w-0 flex-1 rounded-small border border-transparent bg-transparent px-2 font-medium text-ink transition hover:border-line focus:border-brass focus:bg-rail/40 focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger pointer-coarse:h-11"
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setProblem(undefined);
            }}
            onBlur={() => void rename()}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              if (event.key === 'Enter') event.currentTarget.blur();
              if (event.key !== 'Escape' || typed() === undefined) return;
              giveUp();
              // Escape also leaves the settings.
              event.stopPropagation();
            }}
          />
        </div>
        <Show
          when={problem()}
          fallback={
            <p
              class="truncate text-label text-third"
              title={props.added && exactTime(props.added.at)}
            >
              {props.added === undefined
                ? '\u00a0'
                : t('emojiSettings.by', props.added.by, relativeTime(props.added.at, Date.now()))}
            </p>
          }
        >
          {(sentence) => (
            <p id={`${id}-note`} role="alert" class="text-label text-danger-ink">
              {sentence()}
            </p>
          )}
        </Show>
      </div>
      <IconButton
        label={t('emojiSettings.remove', props.emoji.name)}
        class="hover:!text-danger-ink"
        onClick={() => props.onRemove()}
      >
        <Trash size={17} />
      </IconButton>
    </li>
  );
}
