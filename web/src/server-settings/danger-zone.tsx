import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { PartingDialog } from '../servers/parting-dialog.tsx';
import { t } from '../strings/server-settings.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { useServer } from './server-context.tsx';

type Step = 'hand-over' | 'leave-server' | 'remove-server';

/** What cannot be taken back, each with what it means beside it. */
export function DangerZone() {
  const state = useServer();
  const [step, setStep] = createSignal<Step>();
  const server = () => state().structure.server;
  const isOwner = () => server().ownerId === state().me.user.id;
  const close = () => setStep(undefined);
  const parting = () => {
    const about = step();
    return about === undefined || about === 'hand-over' ? undefined : { about, server: server() };
  };

  return (
    <section class="mt-12">
      <h3 class="mb-3 font-bold text-danger-ink">{t('serverSettings.danger.title')}</h3>
      <div class="divide-y divide-line rounded-large border border-line px-5">
        <Show when={isOwner()}>
          <Row
            name={t('serverSettings.danger.handOver')}
            sentence={t('serverSettings.danger.handOverSentence')}
            onAsk={() => setStep('hand-over')}
          />
        </Show>
        <Row
          name={t('serverSettings.danger.leave')}
          sentence={
            isOwner()
              ? t('serverSettings.danger.ownerLeave')
              : t('serverSettings.danger.leaveSentence')
          }
          disabled={isOwner()}
          onAsk={() => setStep('leave-server')}
        />
        <Show when={isOwner()}>
          <Row
            name={t('serverSettings.danger.remove')}
            sentence={t('serverSettings.danger.removeSentence')}
            onAsk={() => setStep('remove-server')}
          />
        </Show>
      </div>
      <Show when={step() === 'hand-over'}>
        <HandOverDialog onClose={close} />
      </Show>
      <Show when={parting()} keyed>
        {(question) => <PartingDialog question={question} onClose={close} />}
      </Show>
    </section>
  );
}

function Row(props: { name: string; sentence: string; disabled?: boolean; onAsk: () => void }) {
  return (
    <div class="flex items-center gap-x-6 gap-y-3 py-4 max-tablet:flex-col max-tablet:items-stretch">
      <p class="min-w-0 flex-1 text-second">{props.sentence}</p>
      <Button
        look="quiet"
        class="shrink-0 tablet:w-36"
        disabled={props.disabled}
        onClick={() => props.onAsk()}
      >
        {props.name}
      </Button>
    </div>
  );
}
