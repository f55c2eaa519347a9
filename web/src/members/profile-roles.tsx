import { Show } from 'solid-js';
import { t } from '../strings/people.ts';
import { RoleChips } from './role-chips.tsx';
import type { RoleChipsProps } from './role-chips.tsx';

/** The roles somebody holds, where there are any to show or to give. */
export function ProfileRoles(props: RoleChipsProps) {
  return (
    <Show when={props.member.roles.length > 0 || props.actions.givable.length > 0}>
      <section aria-label={t('people.roles')} class="mt-4">
        <h3 class="mb-1.5 text-label font-bold text-third">{t('people.roles')}</h3>
        <RoleChips {...props} />
      </section>
    </Show>
  );
}
