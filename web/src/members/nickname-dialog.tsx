import { NameDialog } from '../servers/name-dialog.tsx';
import type { Question } from '../servers/question.ts';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/people.ts';

interface NicknameDialogProps {
  question: Extract<Question, { about: 'rename-member' }>;
  onClose: () => void;
}

/** How somebody is called in one server. */
export function NicknameDialog(props: NicknameDialogProps) {
  const call = useApi();
  const session = useSession();
  const member = () => props.question.member;
  const username = () => member().user.username;
  const isSelf = () => member().user.id === session.user()?.id;

  async function rename(name: string): Promise<void> {
    await call('PATCH /api/servers/:id/members/:uid', {
      params: { id: member().serverId, uid: member().user.id },
      body: { nickname: name === '' ? null : name },
    });
  }

  return (
    <NameDialog
      title={isSelf() ? t('people.nicknameOwnTitle') : t('people.nicknameTitle', username())}
      sentence={t('people.nicknameSentence')}
      label={t('people.nickname')}
      hint={t('people.nicknameHint', username())}
      placeholder={username()}
      name={member().nickname ?? undefined}
      maxLength={32}
      cancel={t('people.cancel')}
      submit={t('people.save')}
      onSubmit={rename}
      onClose={props.onClose}
    />
  );
}
