import ShieldCheck from 'lucide-solid/icons/shield-check';
import ShieldOff from 'lucide-solid/icons/shield';
import { Match, Show, Suspense, Switch, createSignal, lazy } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Button } from '../design/button.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/security.ts';
import { NewRecoveryCodes } from './new-recovery-codes.tsx';
import { TwoFactorEnd } from './two-factor-end.tsx';

/** Brings what draws QR codes, which few need twice. */
const TwoFactorSetup = lazy(async () => ({
  default: (await import('./two-factor-setup.tsx')).TwoFactorSetup,
}));

/** The second factor: whether it is on, and the ways to change that. */
export function TwoFactor() {
  const session = useSession();
  const [asked, setAsked] = createSignal<'set-up' | 'end' | 'codes'>();
  const isOn = () => session.user()?.totp === true;
  const close = () => setAsked(undefined);
  return (
    <section aria-labelledby="two-factor">
      <h3 id="two-factor" class="font-bold">
        {t('security.twoFactor')}
      </h3>
      <div class="mt-4 flex flex-wrap items-center gap-4 rounded-large bg-side p-5">
        <Dynamic
          component={isOn() ? ShieldCheck : ShieldOff}
          size={28}
          class={`shrink-0 ${isOn() ? 'text-live-ink' : 'text-third'}`}
        />
        <p class="min-w-48 flex-1 text-pretty text-second">
          <Show when={isOn()}>
            <span class="mr-1.5 font-medium text-live-ink">{t('security.on')}.</span>
          </Show>
          {isOn() ? t('security.onSentence') : t('security.offSentence')}
        </p>
        <Show
          when={isOn()}
          fallback={
            <Button class="max-tablet:w-full" onClick={() => setAsked('set-up')}>
              {t('security.setUp')}
            </Button>
          }
        >
          <div class="flex w-full flex-wrap gap-3">
            <Button look="quiet" class="max-tablet:w-full" onClick={() => setAsked('codes')}>
              {t('security.newCodes')}
            </Button>
            <Button look="quiet" class="max-tablet:w-full" onClick={() => setAsked('end')}>
              {t('security.turnOff')}
            </Button>
          </div>
        </Show>
      </div>
      <Switch>
        <Match when={asked() === 'set-up'}>
          <Suspense>
            <TwoFactorSetup onClose={close} />
          </Suspense>
        </Match>
        <Match when={asked() === 'end'}>
          <TwoFactorEnd onClose={close} />
        </Match>
        <Match when={asked() === 'codes'}>
          <NewRecoveryCodes onClose={close} />
        </Match>
      </Switch>
    </section>
  );
}
