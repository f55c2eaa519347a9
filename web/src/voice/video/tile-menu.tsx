import AppWindow from 'lucide-solid/icons/app-window';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import EyeOff from 'lucide-solid/icons/eye-off';
import Gauge from 'lucide-solid/icons/gauge';
import Maximize from 'lucide-solid/icons/maximize';
import Monitor from 'lucide-solid/icons/monitor';
import ScreenShare from 'lucide-solid/icons/screen-share';
import ScreenShareOff from 'lucide-solid/icons/screen-share-off';
import User from 'lucide-solid/icons/user';
import VideoOff from 'lucide-solid/icons/video-off';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Show } from 'solid-js';
import { Menu, MenuItem, MenuLine } from '../../design/menu.tsx';
import { MenuChoices, MenuSub } from '../../design/menu-more.tsx';
import { t } from '../../strings/video.ts';
import type { Tile } from '../tiles.ts';
import { useVoice } from '../voice-context.tsx';
import { volumeKey } from '../volumes.ts';
import type { Video } from './create-video.ts';
import type { PictureQuality } from './layers.ts';
import { canPopOut } from './pop-out.ts';

interface TileMenuProps {
  tile: Tile;
  name: string;
  video: Video;
  onFullScreen: () => void;
  onPopOut: () => void;
  onProfile: () => void;
}

/** What one can do about a picture, that is not done by a click on it. */
export function TileMenu(props: TileMenuProps) {
  return (
    <Menu
      label={props.tile.isSelf ? t('video.menuOfOwn') : t('video.menuOf', props.name)}
      placement="bottom-end"
      // Large to a finger, small to the eye: it lies on a picture.
      triggerClass="touch-target grid size-8 place-items-center rounded-small text-second transition hover:text-ink data-expanded:text-ink"
      trigger={
        <span class="grid size-7 place-items-center rounded-small bg-side/85">
          <Ellipsis size={16} />
        </span>
      }
    >
      <Show when={props.tile.isSelf} fallback={<OfOthers {...props} />}>
        <OfOwn {...props} />
      </Show>
    </Menu>
  );
}

function OfOwn(props: TileMenuProps) {
  const settings = useVoice().devices;
  return (
    <Show
      when={props.tile.kind === 'screen'}
      fallback={
        <MenuItem icon={VideoOff} onSelect={() => props.video.own.camera.stop()}>
          {t('video.stopCamera')}
        </MenuItem>
      }
    >
      <MenuSub
        icon={Monitor}
        label={t('video.kind')}
        hint={t(`video.kinds.${settings.preferences().screenKind}`)}
      >
        <MenuChoices
          value={settings.preferences().screenKind}
          choices={[
            { value: 'detail', label: t('video.kinds.detail') },
            { value: 'motion', label: t('video.kinds.motion') },
          ]}
          onChange={(kind) =>
            settings.choose({ screenKind: kind === 'motion' ? 'motion' : 'detail' })
          }
        />
      </MenuSub>
      <MenuItem icon={ScreenShare} onSelect={() => props.video.shareAnother()}>
        {t('video.shareAnother')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={ScreenShareOff} danger onSelect={() => props.video.own.screen.stop()}>
        {t('video.stopScreen')}
      </MenuItem>
    </Show>
  );
}

const QUALITIES: readonly PictureQuality[] = ['auto', 'high', 'low'];
/** Percent. */
const VOLUMES = [0, 25, 50, 75, 100, 150, 200];

function OfOthers(props: TileMenuProps) {
  const isScreen = () => props.tile.kind === 'screen';
  const userId = () => props.tile.state.user.id;
  return (
    <>
      <Show when={props.tile.producerId}>
        {(producerId) => <QualityChoice video={props.video} producerId={producerId()} />}
      </Show>
      <Show when={isScreen() && props.tile.hasSound}>
        <ScreenVolume userId={userId()} />
      </Show>
      <MenuItem icon={Maximize} onSelect={() => props.onFullScreen()}>
        {t('video.fullScreen')}
      </MenuItem>
      <Show when={canPopOut()}>
        <MenuItem icon={AppWindow} onSelect={() => props.onPopOut()}>
          {t('video.popOut')}
        </MenuItem>
      </Show>
      <MenuLine />
      <Show
        when={isScreen()}
        fallback={
          <MenuItem icon={User} onSelect={() => props.onProfile()}>
            {t('video.profile')}
          </MenuItem>
        }
      >
        <MenuItem icon={EyeOff} onSelect={() => props.video.stopWatching(userId())}>
          {t('video.stopWatching')}
        </MenuItem>
      </Show>
    </>
  );
}

function QualityChoice(props: { video: Video; producerId: string }) {
  const quality = () => props.video.watching.qualityOf(props.producerId);
  return (
    <MenuSub icon={Gauge} label={t('video.quality')} hint={t(`video.qualities.${quality()}`)}>
      <MenuChoices
        value={quality()}
        choices={QUALITIES.map((value) => ({ value, label: t(`video.qualities.${value}`) }))}
        onChange={(chosen) => {
          const known = QUALITIES.find((one) => one === chosen);
          if (known !== undefined) props.video.watching.choose(props.producerId, known);
        }}
      />
    </MenuSub>
  );
}

function ScreenVolume(props: { userId: string }) {
  const { volumes } = useVoice();
  const key = () => volumeKey(props.userId, 'screenAudio');
  const percent = () => Math.round(volumes.of(key()).volume * 100);
  const words = (value: number) => (value === 0 ? t('video.silent') : t('video.percent', value));
  return (
    <MenuSub icon={Volume2} label={t('video.volume')} hint={words(percent())}>
      <MenuChoices
        value={String(percent())}
        choices={VOLUMES.map((value) => ({ value: String(value), label: words(value) }))}
        onChange={(value) => volumes.choose(key(), { volume: Number(value) / 100 })}
      />
    </MenuSub>
  );
}
