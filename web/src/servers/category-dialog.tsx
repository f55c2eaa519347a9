import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { NameDialog } from './name-dialog.tsx';
import type { Question } from './question.ts';

interface CategoryDialogProps {
  question: Extract<Question, { about: 'new-category' | 'rename-category' }>;
  onClose: () => void;
}

/** The name of a category, new or not. */
export function CategoryDialog(props: CategoryDialogProps) {
  const call = useApi();
  const known = () =>
    props.question.about === 'rename-category' ? props.question.category : undefined;

  async function save(name: string): Promise<void> {
    const { question } = props;
    const body = { name };
    await (question.about === 'rename-category'
      ? call('PATCH /api/categories/:id', { params: { id: question.category.id }, body })
      : call('POST /api/servers/:id/categories', { params: { id: question.server.id }, body }));
  }

  return (
    <NameDialog
      title={known() === undefined ? t('channels.newCategory') : t('channels.renameCategory')}
      sentence={known() === undefined ? t('channels.categorySentence') : undefined}
      label={t('channels.name')}
      placeholder={t('channels.categoryPlaceholder')}
      name={known()?.name}
      required
      cancel={t('servers.cancel')}
      submit={known() === undefined ? t('channels.createCategory') : t('servers.save')}
      onSubmit={save}
      onClose={props.onClose}
    />
  );
}
