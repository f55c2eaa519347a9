import { Reeds } from '../design/reeds.tsx';
import { t } from '../strings/strings.ts';

/** While nothing can be said yet; not drawn at all when that is short. */
export function Splash() {
  return (
    <div role="status" class="grid h-dvh animate-late place-items-center">
      <Reeds kind="loading" size={48} class="text-brass" label={t('session.starting')} />
    </div>
  );
}
