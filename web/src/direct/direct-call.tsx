import type { DirectChannel } from '@harmonium/api/direct';
import type { User } from '@harmonium/api/user';
import { Show, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { CardFrame } from '../servers/card-frame.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { CallDesk } from '../voice/call-desk.tsx';
import { CallNotes } from '../voice/call-notes.tsx';
import { createTiles } from '../voice/create-tiles.ts';
import { PersonVolume } from '../voice/person-volume.tsx';
import { LayoutButton } from '../voice/video/layout-button.tsx';
import { Stage } from '../voice/video/stage.tsx';
import { useVoice } from '../voice/voice.tsx';
import type { Direct } from './create-direct.ts';

/** The call of a conversation above what is written in it, for whoever is in it. */
export function DirectCall(props: { direct: Direct; channel: DirectChannel }) {
  const voice = useVoice();
  const session = useSession();
  const [asked, setAsked] = createSignal<{ user: User; at: DOMRect }>();
  const mine = createMemo(() => {
    const call = voice.call();
    return call?.channelId === props.channel.id && call.phase !== 'failed' ? call : undefined;
  });
  const tiles = createTiles(() => props.direct.inCall(props.channel.id), mine);
  const isOpen = createMemo(() => mine() !== undefined && tiles().length > 0);
  createEffect(() => {
    const close = isOpen() ? voice.video()?.view() : undefined;
    if (close !== undefined) onCleanup(close);
  });
  return (
    <Show when={isOpen() ? mine() : undefined}>
      {(call) => (
        <section
          aria-label={t('voice.label')}
          class="relative flex h-[46dvh] min-h-72 shrink-0 flex-col border-b border-line bg-side [--surface:var(--side)]"
        >
          <Stage
            tiles={tiles()}
            nameOf={(user) => user.username}
            // Oneself one does not hear.
            onProfile={(user, at) => user.id !== session.user()?.id && setAsked({ user, at })}
          />
          <div class="mx-auto flex max-w-full flex-col items-center gap-2 px-3 pb-3">
            <CallNotes call={call()} />
            <div class="flex max-w-full items-center gap-2">
              <CallDesk call={call()} />
              <LayoutButton tiles={tiles()} />
            </div>
          </div>
          <Show when={asked()}>
            {(shown) => (
              <CardFrame
                shape="profile"
                label={shown().user.username}
                at={shown().at}
                onClose={() => setAsked(undefined)}
              >
                <div class="p-4">
                  <h2 class="text-title font-bold wrap-anywhere">{shown().user.username}</h2>
                  <PersonVolume userId={shown().user.id} />
                </div>
              </CardFrame>
            )}
          </Show>
        </section>
      )}
    </Show>
  );
}
