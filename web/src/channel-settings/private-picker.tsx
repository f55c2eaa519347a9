import type { Role } from '@harmonium/api/role';
import Lock from 'lucide-solid/icons/lock';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { Switch } from '../design/switch.tsx';
import { t } from '../strings/channel-settings.ts';
import { TargetIcon } from './target-icon.tsx';
import { TargetSearch } from './target-search.tsx';
import type { Target } from './target.ts';

interface PrivatePickerProps {
  serverId: string;
  roles: readonly Role[];
  isPrivate: boolean;
  letIn: readonly Target[];
  onPrivate: (isPrivate: boolean) => void;
  onLetIn: (letIn: readonly Target[]) => void;
}

/** Whether a new channel is private, and who may see it. */
export function PrivatePicker(props: PrivatePickerProps) {
  // Everybody holds @everyone: to let it in would make nothing private.
  const roles = () => props.roles.filter(({ id }) => id !== props.serverId);
  const without = (id: string) => props.letIn.filter((target) => target.id !== id);
  return (
    <div class="mt-5 rounded-medium bg-main p-3.5">
      <Switch
        label={t('channelSettings.private')}
        sentence={t('channelSettings.privateSentence')}
        icon={Lock}
        checked={props.isPrivate}
        onChange={props.onPrivate}
      />
      <Show when={props.isPrivate}>
        <div class="mt-4">
          <TargetSearch
            serverId={props.serverId}
            roles={roles()}
            label={t('channelSettings.add')}
            except={new Set(props.letIn.map(({ id }) => id))}
            onChoose={(target) => props.onLetIn([...props.letIn, target])}
          />
          <ul class="mt-2 flex flex-wrap gap-1.5 empty:hidden">
            <For each={props.letIn}>
              {(target) => (
                <li class="flex min-h-9 max-w-full items-center gap-2 rounded-small bg-raised-more pr-1.5 pl-1.5">
                  <TargetIcon target={target} />
                  <span class="min-w-0 truncate">{target.name}</span>
                  <button
                    type="button"
                    aria-label={t('channelSettings.removeOverride', target.name)}
                    class="touch-target grid size-6 place-items-center rounded-small text-third transition hover:bg-raised hover:text-ink"
                    onClick={() => props.onLetIn(without(target.id))}
                  >
                    <X size={14} />
                  </button>
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </div>
  );
}
