import { Permission, hasPermission } from '@harmonium/api/permissions';
import type { PermissionName, Permissions } from '@harmonium/api/permissions';
import { For, Show, createSignal } from 'solid-js';
import { Switch } from '../design/switch.tsx';
import { t } from '../strings/server-settings.ts';
import { useIdlePermissions } from './idle-permissions.ts';
import { ROLE_PERMISSIONS } from './role-permission-groups.ts';
import { SearchField } from './search-field.tsx';

interface RolePermissionsProps {
  permissions: Permissions;
  /** What I have: only this is given or taken. */
  held: Permissions;
  disabled: boolean;
  onChange: (bit: Permissions, on: boolean) => void;
}

/** Every permission with what it means; what one may not decide says why. */
export function RolePermissions(props: RolePermissionsProps) {
  const [sought, setSought] = createSignal('');
  const found = () => {
    const words = sought().trim().toLocaleLowerCase();
    return ROLE_PERMISSIONS.map(({ group, names }) => ({
      group,
      names: names.filter((name) => {
        const { label, sentence } = wordsOf(name);
        return `${label} ${sentence}`.toLocaleLowerCase().includes(words);
      }),
    })).filter(({ names }) => names.length > 0);
  };
  return (
    <>
      <Show when={hasPermission(props.permissions, Permission.ADMINISTRATOR)}>
        <p class="mb-4 rounded-medium bg-brass-wash px-4 py-3 text-brass-ink">
          {t('roles.administrator')}
        </p>
      </Show>
      <SearchField label={t('roles.findPermission')} value={sought()} onInput={setSought} />
      <For
        each={found()}
        fallback={<p class="py-6 text-center text-second">{t('roles.noPermission')}</p>}
      >
        {({ group, names }) => (
          <section aria-label={t(`roles.group.${group}`)} class="mt-7">
            <h4 class="text-label font-bold text-third">{t(`roles.group.${group}`)}</h4>
            <ul class="divide-y divide-line">
              <For each={names}>{(name) => <Row {...props} name={name} />}</For>
            </ul>
          </section>
        )}
      </For>
    </>
  );
}

function Row(props: RolePermissionsProps & { name: PermissionName }) {
  const bit = () => Permission[props.name];
  const isHeld = () => hasPermission(props.held, bit());
  const isIdle = useIdlePermissions();
  return (
    <li class="py-3.5">
      <Switch
        label={wordsOf(props.name).label}
        sentence={wordsOf(props.name).sentence}
        checked={hasPermission(props.permissions, bit())}
        disabled={props.disabled || !isHeld()}
        onChange={(on) => props.onChange(bit(), on)}
      />
      <Show when={!props.disabled && !isHeld()}>
        <p class="mt-0.5 text-label text-third">{t('roles.notHeld')}</p>
      </Show>
      <Show when={isIdle(props.name)}>
        <p class="mt-0.5 text-label text-third">{t('permissions.EMBED_LINKS.idle')}</p>
      </Show>
    </li>
  );
}

function wordsOf(name: PermissionName): { label: string; sentence: string } {
  if (name === 'VIEW_CHANNEL') {
    return { label: t('roles.seeChannels.name'), sentence: t('roles.seeChannels.sentence') };
  }
  return { label: t(`permissions.${name}.name`), sentence: t(`permissions.${name}.sentence`) };
}
