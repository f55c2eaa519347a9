import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { t } from '../strings/strings.ts';
import { CodeInput } from './code-input.tsx';
import { ENTRY_LINK, EntryPage, FormProblem } from './entry-page.tsx';

interface SecondFactorFormProps {
  problem: string | undefined;
  busy: boolean;
  onCode: (code: string) => void;
  /** Another kind of code is typed: what was refused before is no matter. */
  onChange: () => void;
  onStartOver: () => void;
}

/** The second step at the door: the authenticator's digits, or a recovery code. */
export function SecondFactorForm(props: SecondFactorFormProps) {
  const [kind, setKind] = createSignal<'app' | 'recovery'>('app');
  const [code, setCode] = createSignal('');
  const isRecovery = () => kind() === 'recovery';

  function change(): void {
    setKind(isRecovery() ? 'app' : 'recovery');
    setCode('');
    props.onChange();
  }

  return (
    <EntryPage
      title={t('entry.codeTitle')}
      sentence={isRecovery() ? t('entry.recoverySentence') : t('entry.codeSentence')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onCode(code());
        }}
      >
        <FormProblem sentence={props.problem} />
        <CodeInput
          kind={kind()}
          focusFirst
          label={isRecovery() ? t('entry.recovery') : t('entry.code')}
          hint={isRecovery() ? t('entry.recoveryHint') : t('entry.codeHint')}
          value={code()}
          onInput={setCode}
          // Nothing is left to say once the last digit stands there.
          onComplete={(digits) => props.onCode(digits)}
        />
        <Button type="submit" busy={props.busy} class="mt-7 w-full">
          {t('entry.loginButton')}
        </Button>
      </form>
      <p class="mt-5 flex flex-col items-center gap-1.5">
        <button type="button" class={ENTRY_LINK} onClick={change}>
          {isRecovery() ? t('entry.useCode') : t('entry.useRecovery')}
        </button>
        <button
          type="button"
          class="inline-flex min-h-6 items-center text-second hover:underline pointer-coarse:min-h-11"
          onClick={() => props.onStartOver()}
        >
          {t('entry.startOver')}
        </button>
      </p>
    </EntryPage>
  );
}
