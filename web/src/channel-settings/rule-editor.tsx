import type { Channel } from '@harmonium/api/channel';
import { Permission } from '@harmonium/api/permissions';
import type { PermissionName, Permissions } from '@harmonium/api/permissions';
import { For, Show } from 'solid-js';
import { ThreeWay } from '../design/three-way.tsx';
import { useIdlePermissions } from '../server-settings/idle-permissions.ts';
import { t } from '../strings/channel-settings.ts';
import { CHANNEL_PERMISSIONS, groupsFor } from './channel-permissions.ts';
import type { PermissionGroup } from './channel-permissions.ts';
import { stanceOf, withStance } from './override-draft.ts';
import type { Rule } from './override-draft.ts';

interface RuleEditorProps {
  name: string;
  rule: Rule;
  type: Channel['type'];
  canEdit: boolean;
  whyNot: (bit: Permissions) => string | undefined;
  onChange: (rule: Rule) => void;
}

/** Every permission for one role or member: denied, left to the roles, or allowed. */
export function RuleEditor(props: RuleEditorProps) {
  return (
    <section aria-label={t('channelSettings.rulesFor', props.name)} class="min-w-0">
      <h3 class="truncate text-message font-bold">{t('channelSettings.rulesFor', props.name)}</h3>
      <p class="mt-0.5 text-second">
        {props.canEdit ? t('channelSettings.legend') : t('channelSettings.outranked')}
      </p>
      <For each={groupsFor(props.type)}>
        {(group) => (
          <>
            <h4 class="mt-6 text-label font-bold text-third">{groupName(group)}</h4>
            <ul class="divide-y divide-line">
              <For each={CHANNEL_PERMISSIONS[group]}>
                {(name) => <Row {...props} permission={name} />}
              </For>
            </ul>
          </>
        )}
      </For>
    </section>
  );
}

function Row(props: RuleEditorProps & { permission: PermissionName }) {
  const bit = () => Permission[props.permission];
  const name = () => t(`permissions.${props.permission}.name`);
  const isIdle = useIdlePermissions();
  const whyNot = () => (props.canEdit ? props.whyNot(bit()) : undefined);
  return (
    <li class="flex items-center gap-4 py-3">
      <div class="min-w-0 flex-1">
        <p class="font-medium">{name()}</p>
        <p class="text-second">{t(`permissions.${props.permission}.sentence`)}</p>
        <Show when={whyNot()}>
          <p class="mt-0.5 text-label text-third">{whyNot()}</p>
        </Show>
        <Show when={isIdle(props.permission)}>
          <p class="mt-0.5 text-label text-third">{t('permissions.EMBED_LINKS.idle')}</p>
        </Show>
      </div>
      <ThreeWay
        label={name()}
        value={stanceOf(props.rule, bit())}
        words={{
          deny: t('channelSettings.deny'),
          inherit: t('channelSettings.inherit'),
          allow: t('channelSettings.allow'),
        }}
        disabled={!props.canEdit || whyNot() !== undefined}
        onChange={(stance) => props.onChange(withStance(props.rule, bit(), stance))}
      />
    </li>
  );
}

export function groupName(group: PermissionGroup): string {
  if (group === 'view') return t('channelSettings.groupView');
  return group === 'text' ? t('channelSettings.groupText') : t('channelSettings.groupVoice');
}
