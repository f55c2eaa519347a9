import { Show, createSignal, onCleanup } from 'solid-js';
import { late } from '../design/late.tsx';
import { useFiles } from '../files/files-provider.tsx';
import type { PendingMessage } from '../room/outbox.ts';
import { t } from '../strings/strings.ts';
import { refusalSentence, useConversation } from './conversation.tsx';
import { Markdown } from './markdown.tsx';
import { Line } from './message-row.tsx';

const PendingFiles = late(async () => (await import('../files/pending-files.tsx')).PendingFiles);

/** A message that the room has not confirmed: shown at once, and never lost from sight. */
export function PendingRow(props: { pending: PendingMessage; leads: boolean }) {
  const conversation = useConversation();
  const files = useFiles();
  const isLast = () => conversation.room.pending().at(-1)?.nonce === props.pending.nonce;
  function discard(): void {
    files.giveUp(conversation.room.id, props.pending.files);
    conversation.room.discard(props.pending.nonce);
  }
  return (
    <Show when={conversation.me()}>
      {(me) => (
        <Line author={conversation.author(me())} at={props.pending.writtenAt} leads={props.leads}>
          <div
            data-testid="message-content"
            class="overflow-clip transition-opacity [overflow-clip-margin:4px]"
            classList={{
              'opacity-60': props.pending.refused === undefined,
              'opacity-80': props.pending.refused !== undefined,
            }}
          >
            <Markdown text={props.pending.content} />
          </div>
          <Show when={props.pending.files?.length}>
            <PendingFiles pending={props.pending} />
          </Show>
          <Show
            when={props.pending.refused}
            fallback={
              <Show when={conversation.room.phase() !== 'connected' && isLast()}>
                <p class="text-label text-third">{t('channel.waitingForConnection')}</p>
              </Show>
            }
          >
            {(refused) => (
              <p
                role="alert"
                class="flex flex-wrap items-center gap-x-2 text-label text-danger-ink"
              >
                <span>
                  <Show when={refused().retryAt === undefined}>{t('channel.notSent')} </Show>
                  {refusalSentence(refused().code)}
                </span>
                <Show
                  when={refused().retryAt}
                  fallback={
                    <TextButton
                      label={t('channel.retry')}
                      onClick={() => conversation.room.retry(props.pending.nonce)}
                    />
                  }
                >
                  {(at) => <Countdown until={at()} />}
                </Show>
                <TextButton label={t('channel.discard')} onClick={discard} />
              </p>
            )}
          </Show>
        </Line>
      )}
    </Show>
  );
}

function TextButton(props: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      class="touch-target font-medium text-ink underline decoration-third underline-offset-2 hover:decoration-current"
      onClick={() => props.onClick()}
    >
      {props.label}
    </button>
  );
}

function Countdown(props: { until: number }) {
  const left = () => Math.max(1, Math.ceil((props.until - Date.now()) / 1000));
  const [seconds, setSeconds] = createSignal(left());
  const timer = setInterval(() => setSeconds(left()), 250);
  onCleanup(() => clearInterval(timer));
  return <span class="text-second">{t('channel.sendsIn', seconds())}</span>;
}
