import { For, Index, Show } from 'solid-js';
import { t } from '../strings/call.ts';
import { t as words } from '../strings/video.ts';
import { createInCall } from './in-call.ts';
import type { FlowStats } from './media.ts';
import type { PictureStats } from './video/picture-stats.ts';
import { useVideo } from './video/use-video.ts';
import type { CallView } from './voice-context.tsx';

/** What is seen and shown, by whom. */
function Pictures(props: { call: CallView }) {
  const video = useVideo();
  const { inside, nameOf } = createInCall(() => props.call);
  const pictures = () => props.call.stats?.pictures ?? [];
  const nameOfPicture = ({ trackId, isSent }: PictureStats): string => {
    const loaded = video();
    if (isSent) {
      const screen = loaded?.own.screen.state().picture?.getTracks() ?? [];
      return screen.some((track) => track.id === trackId)
        ? words('video.yourScreen')
        : words('video.yourCamera');
    }
    const shared = loaded?.shared().find((one) => loaded.watching.shows(one.producerId, trackId));
    const user = inside().find((state) => state.user.id === shared?.userId)?.user;
    if (user === undefined) return t('call.unknown');
    return shared?.source === 'screen' ? words('video.screenOf', nameOf(user)) : nameOf(user);
  };
  return (
    <Show when={pictures().length > 0}>
      <table class="mt-3 w-full border-t border-line text-left tabular-nums">
        <caption class="sr-only">{words('video.pictures')}</caption>
        <tbody class="before:block before:h-2">
          <Index each={pictures()}>
            {(picture) => (
              <tr>
                <th scope="row" class="max-w-36 truncate py-0.5 pr-6 font-normal text-second">
                  {nameOfPicture(picture())}
                </th>
                <td class="py-0.5 pr-4">
                  {words('video.pixels', picture().width, picture().height)}
                </td>
                <td class="py-0.5 text-right">
                  {words('video.perSecond', Math.round(picture().framesPerSecond))}
                </td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
    </Show>
  );
}

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
      <Pictures call={props.call} />
    </section>
  );
}
