import { A } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Reeds } from '../design/reeds.tsx';
import { t } from '../strings/strings.ts';
import type { CallFailure } from './call-state.ts';
import { CallControls } from './call-controls.tsx';
import { CallNotes } from './call-notes.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { phaseName } from './phase-name.ts';
import { createPlaceName } from './place-name.ts';
import { QualityReeds } from './quality-reeds.tsx';
import { TalkButton } from './talk-button.tsx';
import { useVoice } from './voice-context.tsx';
import type { CallView } from './voice-context.tsx';

/** The call one is in: how it stands, and what one can do about it. */
export function VoiceBar() {
  const voice = useVoice();
  return (
    <Show when={voice.call()}>
      {(call) => (
        <section
          aria-label={t('voice.label')}
          class="mx-2 mb-2 animate-rise rounded-large border border-line bg-raised px-3 py-3"
        >
          <Standing call={call()} />
          <Show when={call().phase !== 'failed'} fallback={<Ended call={call()} />}>
            <CallNotes call={call()} />
            <TalkButton class="mt-3 w-full" />
            <CallControls class="mt-3 grid auto-cols-fr grid-flow-col gap-1.5" />
          </Show>
        </section>
      )}
    </Show>
  );
}

function Standing(props: { call: CallView }) {
  const placeName = createPlaceName(() => props.call);
  const place = () => {
    const name = placeName();
    const roundTrip = props.call.roundTripMs;
    return roundTrip === undefined
      ? name
      : t('voice.place', name, t('voice.milliseconds', Math.max(1, Math.round(roundTrip))));
  };
  return (
    <>
      <div class="flex items-center gap-2 font-bold">
        <Switch>
          <Match when={props.call.phase === 'connected'}>
            <QualityReeds quality={props.call.quality} />
          </Match>
          <Match when={props.call.phase !== 'failed'}>
            <Reeds kind="loading" size={16} class="text-brass-ink" />
          </Match>
        </Switch>
        <span
          role="status"
          class="flex-1"
          classList={{
            'text-live-ink': props.call.phase === 'connected',
            'text-brass-ink': ['connecting', 'reconnecting'].includes(props.call.phase),
            'text-danger-ink': props.call.phase === 'failed',
          }}
        >
          {phaseName(props.call.phase)}
        </span>
        <DeviceMenu class="-my-1.5 -mr-1" />
      </div>
      <p class="mt-1 truncate text-label text-second">
        <Show when={props.call.serverId} fallback={place()}>
          {(serverId) => (
            <A
              href={`/servers/${serverId()}/${props.call.channelId}`}
              class="hover:text-ink hover:underline"
            >
              {place()}
            </A>
          )}
        </Show>
      </p>
    </>
  );
}

const REASONS: Record<CallFailure, () => string> = {
  replaced: () => t('voice.reasons.replaced'),
  access_lost: () => t('voice.reasons.access_lost'),
  no_media: () => t('voice.reasons.no_media'),
  unreachable: () => t('voice.reasons.unreachable'),
  unavailable: () => t('voice.reasons.unavailable'),
  not_supported: () => t('voice.reasons.not_supported'),
  disconnected: () => t('voice.reasons.disconnected'),
  denied: () => t('voice.reasons.denied'),
};

/** What the test of the connection finds the reason of. */
const CAN_BE_TESTED: ReadonlySet<CallFailure> = new Set(['no_media', 'unreachable', 'unavailable']);

function Ended(props: { call: CallView }) {
  const voice = useVoice();
  return (
    <>
      <p role="alert" class="mt-2 text-pretty text-second">
        {props.call.reason ?? REASONS[props.call.failure ?? 'unreachable']()}{' '}
        <Show when={CAN_BE_TESTED.has(props.call.failure ?? 'unreachable')}>
          <A
            href="/settings/voice#connection"
            class="touch-target font-medium text-ink underline decoration-third underline-offset-2 hover:decoration-current"
          >
            {t('voice.testConnection')}
          </A>
        </Show>
      </p>
      <div class="mt-3 grid grid-cols-2 gap-2">
        <Button look="quiet" class="min-h-8! px-2!" onClick={() => voice.leave()}>
          {t('voice.dismiss')}
        </Button>
        <Button class="min-h-8! px-2!" onClick={() => voice.rejoin()}>
          {t('voice.rejoin')}
        </Button>
      </div>
    </>
  );
}
