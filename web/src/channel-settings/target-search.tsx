import type { Member } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import { Show } from 'solid-js';
import { SearchCombobox } from '../members/search-combobox.tsx';
import { t } from '../strings/channel-settings.ts';
import { TargetIcon } from './target-icon.tsx';
import { matchingRoles, memberTarget, roleTarget } from './target.ts';
import type { Target } from './target.ts';

/** Of roles, and of members. */
const SHOWN = 8;

interface TargetSearchProps {
  serverId: string;
  roles: readonly Role[];
  label: string;
  /** Ids that are not offered. */
  except?: ReadonlySet<string>;
  onChoose: (target: Target) => void;
}

/** A role or a member, found by typing. */
export function TargetSearch(props: TargetSearchProps) {
  const isOffered = (target: Target) => props.except?.has(target.id) !== true;
  const offered = (members: readonly Member[] = [], typed: string) => [
    ...matchingRoles(props.roles, typed).map(roleTarget).filter(isOffered).slice(0, SHOWN),
    ...members.map(memberTarget).filter(isOffered).slice(0, SHOWN),
  ];
  return (
    <SearchCombobox
      serverId={props.serverId}
      label={props.label}
      nothing={t('channelSettings.noMatches')}
      opensOnFocus
      items={offered}
      onChoose={(target) => props.onChoose(target)}
    >
      {(target) => (
        <>
          <TargetIcon target={target} />
          <span class="min-w-0 flex-1 truncate">{target.name}</span>
          <Show when={target.kind === 'member' && target.member.user.username !== target.name}>
            <span class="truncate text-label text-third">
              {target.kind === 'member' ? target.member.user.username : ''}
            </span>
          </Show>
        </>
      )}
    </SearchCombobox>
  );
}
