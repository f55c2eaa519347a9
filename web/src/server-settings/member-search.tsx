import type { Member } from '@harmonium/api/member';
import { Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { SearchCombobox } from '../members/search-combobox.tsx';
import { displayName } from '../room/member-groups.ts';
import { t } from '../strings/server-settings.ts';

const SHOWN = 8;

interface MemberSearchProps {
  serverId: string;
  label: string;
  placeholder?: string;
  /** Who is not offered. */
  except?: (member: Member) => boolean;
  onChoose: (member: Member) => void;
}

/** A member, found by typing. */
export function MemberSearch(props: MemberSearchProps) {
  // Before the first answer nobody is missing.
  const offered = (members: readonly Member[] | undefined) =>
    members?.filter((member) => props.except?.(member) !== true).slice(0, SHOWN);
  return (
    <SearchCombobox
      serverId={props.serverId}
      label={props.label}
      placeholder={props.placeholder}
      nothing={t('serverSettings.nobodyFound')}
      items={offered}
      onChoose={(member) => props.onChoose(member)}
    >
      {(member) => (
        <>
          <Avatar user={member.user} size={24} />
          <span class="min-w-0 flex-1 truncate">{displayName(member)}</span>
          <Show when={member.nickname !== null}>
            <span class="truncate text-label text-third">{member.user.username}</span>
          </Show>
        </>
      )}
    </SearchCombobox>
  );
}
