import { Suspense, lazy } from 'solid-js';
import type { NotifyItemsProps } from './notify-items.tsx';

const load = () => import('./notify-items.tsx');
const Loaded = lazy(async () => ({ default: (await load()).NotifyItems }));

/** Loads them, so that a menu has them when it opens. */
export const prepareNotifyItems = (): void => {
  load().catch(() => {
    // The menu asks again.
  });
};

/** What of a menu concerns reading; loads with what comes after the first screen. */
export function NotifyItems(props: NotifyItemsProps) {
  return (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  );
}
