import { Match, Switch, createResource } from 'solid-js';
import { Button } from '../design/button.tsx';
import { CardFrame } from '../servers/card-frame.tsx';
import { t } from '../strings/emoji.ts';
import { loadEmoji } from './catalogue.ts';
import { EmojiShelf } from './emoji-shelf.tsx';
import type { EmojiSet } from './own-emoji.ts';

export interface EmojiPickerProps {
  /** With one emoji of Unicode, or the id of a server's own; with Shift the picker stays open. */
  onPick: (key: string) => void;
  onClose: () => void;
  /** What it opens beside, in the window; absent: what has the focus. */
  at?: DOMRect;
  custom?: readonly EmojiSet[];
}

/** All emoji, to choose from. Loaded when it is asked for. */
export function EmojiPicker(props: EmojiPickerProps) {
  const focused = document.activeElement?.getBoundingClientRect() ?? new DOMRect();
  const [catalogue, { refetch }] = createResource(loadEmoji);
  return (
    <CardFrame
      shape="picker"
      label={t('emoji.title')}
      at={props.at ?? focused}
      onClose={props.onClose}
    >
      <Switch>
        <Match when={catalogue.error !== undefined}>
          <div class="grid h-full place-content-center justify-items-center gap-4 p-6 text-second">
            <p role="alert">{t('emoji.failed')}</p>
            <Button look="quiet" onClick={() => void refetch()}>
              {t('emoji.retry')}
            </Button>
          </div>
        </Match>
        <Match when={catalogue.latest}>
          {(loaded) => (
            <EmojiShelf
              catalogue={loaded()}
              custom={props.custom ?? []}
              onPick={props.onPick}
              onClose={props.onClose}
            />
          )}
        </Match>
      </Switch>
    </CardFrame>
  );
}
