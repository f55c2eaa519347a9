import { For } from 'solid-js';
import { t } from '../strings/call.ts';
import type { FlowStats } from './media.ts';
import type { CallView } from './voice-context.tsx';

/** How the call arrives, in figures. */
export function Figures(props: { call: CallView }) {
  const stats = () => props.call.stats;
  const roundTrip = () => {
    const milliseconds = props.call.roundTripMs;
    return milliseconds === undefined
      ? t('call.unknown')
      : t('call.milliseconds', Math.max(1, Math.round(milliseconds)));
  };
  const rows: readonly [string, (flow: FlowStats) => string][] = [
    [t('call.codec'), (flow) => flow.codec ?? t('call.unknown')],
    [t('call.bitrate'), (flow) => t('call.kilobits', Math.round(flow.kilobitsPerSecond))],
    [t('call.loss'), (flow) => t('call.percent', Math.round(flow.loss * 1000) / 10)],
    [t('call.jitter'), (flow) => t('call.milliseconds', Math.round(flow.jitterMs))],
  ];
  const shown = (flow: FlowStats | undefined, of: (flow: FlowStats) => string) =>
    flow === undefined ? t('call.unknown') : of(flow);
  return (
    <section
      aria-label={t('call.figures')}
      class="absolute top-3 right-3 z-10 animate-rise rounded-large border border-line bg-side/95 p-4 shadow-float"
    >
      <table class="text-left tabular-nums">
        <thead class="text-label text-third">
          <tr>
            <td class="pr-6 pb-1" />
            <th scope="col" class="pr-6 pb-1 font-medium">
              {t('call.sent')}
            </th>
            <th scope="col" class="pb-1 font-medium">
              {t('call.received')}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={rows}>
            {([name, of]) => (
              <tr>
                <th scope="row" class="py-0.5 pr-6 font-normal text-second">
                  {name}
                </th>
                <td class="py-0.5 pr-6">{shown(stats()?.sent, of)}</td>
                <td class="py-0.5">{shown(stats()?.received, of)}</td>
              </tr>
            )}
          </For>
          <tr>
            <th scope="row" class="py-0.5 pr-6 font-normal text-second">
              {t('call.ping')}
            </th>
            <td class="py-0.5" colSpan={2}>
              {roundTrip()}
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
