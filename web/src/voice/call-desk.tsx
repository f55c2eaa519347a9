import { CallControls } from './call-controls.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { phaseName } from './phase-name.ts';
import { QualityReeds } from './quality-reeds.tsx';
import { TalkButton } from './talk-button.tsx';
import type { CallView } from './voice-context.tsx';

/** What one does in a call, under what one sees of it. */
export function CallDesk(props: { call: CallView }) {
  return (
    <div class="flex max-w-full items-center gap-2 rounded-large border border-line bg-raised p-2 max-tablet:gap-1.5 max-tablet:p-1.5">
      <span class="flex items-center px-1.5 max-tablet:px-1" title={phaseName(props.call.phase)}>
        <QualityReeds quality={props.call.quality} />
      </span>
      <TalkButton />
      <CallControls class="flex min-w-0 gap-2 max-tablet:gap-1.5" size="large" />
      <DeviceMenu class="size-10! pointer-coarse:size-11!" />
    </div>
  );
}
