import { SessionList } from './session-list.tsx';
import { TwoFactor } from './two-factor.tsx';

/** What keeps others out of the account. */
export function SecuritySection() {
  return (
    <div class="flex flex-col gap-10">
      <TwoFactor />
      <SessionList />
    </div>
  );
}
