import { Match, Show, Switch } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../strings/strings.ts';
import type { CallState } from './call-state.ts';
import { stillThere } from './still-there.ts';
import { useVoice } from './voice-context.tsx';
import type { CallView } from './voice-context.tsx';

const MICROPHONE_NOTES: Record<CallState['microphone'], (() => string) | undefined> = {
  opening: undefined,
  on: undefined,
  none: () => t('voice.noMicrophone'),
  blocked: () => t('voice.microphoneBlocked'),
  busy: () => t('voice.microphoneBusy'),
  insecure: () => t('voice.microphoneInsecure'),
};

/** What is not as one would expect, and what to do about it. */
export function CallNotes(props: { call: CallView }) {
  const voice = useVoice();
  const microphone = () => MICROPHONE_NOTES[props.call.microphone]?.();
  return (
    <Switch>
      <Match when={props.call.soundBlocked}>
        <Note sentence={t('voice.soundBlocked')}>
          <NoteButton label={t('voice.enableSound')} onClick={voice.playBlocked} />
        </Note>
      </Match>
      <Match when={props.call.isStillHeard}>
        <Note sentence={stillThere(props.call)} />
      </Match>
      <Match when={!props.call.canSpeak}>
        <Note sentence={t('voice.listenOnly')} />
      </Match>
      <Match when={microphone()}>
        {(sentence) => (
          <Note sentence={sentence()}>
            <Show when={props.call.microphone !== 'insecure'}>
              <NoteButton label={t('voice.microphoneRetry')} onClick={voice.retryMicrophone} />
            </Show>
          </Note>
        )}
      </Match>
      <Match when={props.call.serverDeafened}>
        <Note sentence={t('voice.deafenedByModerator')} />
      </Match>
      <Match when={props.call.serverMuted}>
        <Note sentence={t('voice.mutedByModerator')} />
      </Match>
      <Match when={voice.own.isUnheard()}>
        <Note sentence={t('voice.talkingMuted')}>
          <NoteButton label={t('voice.unmute')} onClick={voice.toggleMute} />
        </Note>
      </Match>
    </Switch>
  );
}

function Note(props: { sentence: string; children?: JSX.Element }) {
  return (
    <p role="status" class="mt-2 text-label text-pretty text-brass-ink">
      {props.sentence} {props.children}
    </p>
  );
}

function NoteButton(props: { label: string; onClick: () => void }) {
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
