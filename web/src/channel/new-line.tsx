import { t } from '../strings/strings.ts';

/** Between what one has read and what is new. */
export function NewLine() {
  return (
    <div role="separator" class="mx-5 flex items-center pt-2 max-tablet:mx-4">
      <span class="h-px flex-1 bg-danger" />
      <span class="rounded-small bg-danger px-1.5 text-[11px] leading-4 font-bold text-on-danger">
        {t('channel.new')}
      </span>
    </div>
  );
}
