import Lock from 'lucide-solid/icons/lock';
import X from 'lucide-solid/icons/x';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { LeaveGuard } from '../design/leave-guard.tsx';
import { SaveBar } from '../design/save-bar.tsx';
import { Switch } from '../design/switch.tsx';
import { useToasts } from '../design/toast.tsx';
import { formProblem } from '../problems.ts';
import { t } from '../strings/channel-settings.ts';
import { createSubmission } from '../submission.ts';
import { useChannel } from './channel-context.tsx';
import { createOverrides } from './create-overrides.ts';
import { RuleEditor } from './rule-editor.tsx';
import { leaveWords, saveWords } from './save-words.ts';
import { TargetIcon } from './target-icon.tsx';
import { TargetSearch } from './target-search.tsx';

/** Who may do what in the channel, whatever their roles say elsewhere. */
export function PermissionsSection() {
  const { state, channel } = useChannel();
  const toasts = useToasts();
  const overrides = createOverrides();
  const saving = createSubmission();
  const [chosen, setChosen] = createSignal<string>();
  const serverId = () => state().structure.server.id;
  const open = createMemo(
    () =>
      overrides.entries().find(({ rule }) => rule.targetId === chosen()) ?? overrides.entries()[0],
  );
  const listed = createMemo(
    () => new Set<string>(overrides.entries().map(({ rule }) => rule.targetId)),
  );

  async function save(): Promise<void> {
    await overrides.save();
    toasts.say(t('channelSettings.saved'));
  }

  return (
    <>
      <section class="mb-8 rounded-large bg-side p-4">
        <Switch
          label={t('channelSettings.private')}
          sentence={t('channelSettings.privateSentence')}
          icon={Lock}
          checked={overrides.isPrivate()}
          disabled={!overrides.mayHide()}
          onChange={overrides.setPrivate}
        />
        <Show when={overrides.letsMeIn()}>
          <p class="mt-2 pl-9 text-label text-brass-ink">{t('channelSettings.privateSelf')}</p>
        </Show>
      </section>
      <div class="grid gap-x-8 gap-y-6 tablet:grid-cols-[220px_minmax(0,1fr)]">
        <section aria-label={t('channelSettings.who')}>
          <TargetSearch
            serverId={serverId()}
            roles={state().structure.roles}
            label={t('channelSettings.add')}
            onChoose={(target) => {
              if (!listed().has(target.id)) overrides.add(target);
              setChosen(target.id);
            }}
          />
          <ul class="mt-3 flex flex-col gap-px">
            <For each={overrides.entries()}>
              {(entry) => (
                <li class="group relative flex items-center">
                  <button
                    type="button"
                    aria-pressed={open()?.rule.targetId === entry.rule.targetId}
                    class="flex min-h-10 min-w-0 flex-1 items-center gap-2.5 rounded-small px-2 text-left text-second transition-colors hover:bg-raised hover:text-ink aria-pressed:bg-raised-more aria-pressed:text-ink pointer-coarse:min-h-11"
                    onClick={() => setChosen(entry.rule.targetId)}
                  >
                    <Show when={entry.target}>{(target) => <TargetIcon target={target()} />}</Show>
                    <span class="min-w-0 flex-1 truncate">{entry.name}</span>
                    <Show when={entry.isChanged}>
                      <span class="mr-7 size-2 shrink-0 rounded-full bg-brass" aria-hidden="true" />
                    </Show>
                  </button>
                  <Show when={entry.rule.targetId !== serverId() && entry.canEdit}>
                    <IconButton
                      label={t('channelSettings.removeOverride', entry.name)}
                      class="!absolute right-1 !size-7 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
                      onClick={() => overrides.remove(entry.rule)}
                    >
                      <X size={15} />
                    </IconButton>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
        <Show when={open()?.rule.targetId} keyed>
          <Show when={open()}>
            {(entry) => (
              <RuleEditor
                name={entry().name}
                rule={entry().rule}
                type={channel().type}
                canEdit={entry().canEdit}
                whyNot={overrides.whyNot}
                onChange={overrides.edit}
              />
            )}
          </Show>
        </Show>
      </div>
      <LeaveGuard when={overrides.isDirty()} words={leaveWords()} onGiveUp={overrides.discard} />
      <SaveBar
        open={overrides.isDirty()}
        busy={saving.busy()}
        problem={formProblem(saving.problem())}
        words={saveWords()}
        onDiscard={() => {
          overrides.discard();
          saving.clear();
        }}
        onSave={() => void saving.run(save)}
      />
    </>
  );
}
