import { A } from '@solidjs/router';
import type { Preferences } from '@harmonium/api/user';
import { QUIET_LINK_BUTTON } from '../design/link-button.ts';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/privacy.ts';
import { RadioList } from './radio-list.tsx';
import { SettingRow } from './setting-row.tsx';

const DIRECT = [
  {
    value: 'servers',
    name: t('privacy.directServers'),
    sentence: t('privacy.directServersSentence'),
  },
  {
    value: 'friends',
    name: t('privacy.directFriends'),
    sentence: t('privacy.directFriendsSentence'),
  },
] as const;

const REQUESTS = [
  {
    value: 'everyone',
    name: t('privacy.requestsEveryone'),
    sentence: t('privacy.requestsEveryoneSentence'),
  },
  {
    value: 'servers',
    name: t('privacy.requestsServers'),
    sentence: t('privacy.requestsServersSentence'),
  },
  {
    value: 'nobody',
    name: t('privacy.requestsNobody'),
    sentence: t('privacy.requestsNobodySentence'),
  },
] as const;

/** What others may do about oneself. */
export function PrivacySection() {
  const { preferences } = useSession();
  const toasts = useToasts();

  async function choose(changes: Preferences): Promise<void> {
    try {
      await preferences.choose(changes);
      toasts.say(t('privacy.saved'));
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <div class="flex flex-col gap-8">
      <RadioList
        label={t('privacy.direct')}
        value={preferences.chosen()?.directFrom ?? 'servers'}
        choices={DIRECT}
        onChange={(directFrom) => void choose({ directFrom })}
      />
      <RadioList
        label={t('privacy.requests')}
        value={preferences.chosen()?.requestsFrom ?? 'everyone'}
        choices={REQUESTS}
        onChange={(requestsFrom) => void choose({ requestsFrom })}
      />
      <div class="border-t border-line">
        <SettingRow title={t('privacy.blocked')} sentence={t('privacy.blockedSentence')}>
          <A href="/direct" class={QUIET_LINK_BUTTON}>
            {t('privacy.toBlocked')}
          </A>
        </SettingRow>
      </div>
    </div>
  );
}
