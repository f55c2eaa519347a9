import { t } from '../strings/call.ts';
import { t as app } from '../strings/strings.ts';
import { t as words } from '../strings/video.ts';
import type { Tile } from './tiles.ts';

/** Everything a tile shows, for those who hear the page. */
export function tileWords(tile: Tile, name: string): string {
  return (tile.kind === 'screen' ? screenWords(tile, name) : personWords(tile, name)).join(', ');
}

function screenWords(tile: Tile, name: string): string[] {
  const said = [tile.isSelf ? words('video.yourScreen') : words('video.screenOf', name)];
  if (tile.hasSound) said.push(words('video.withSound'));
  if (!tile.isWanted) said.push(words('video.hidden'));
  return said;
}

function personWords(tile: Tile, name: string): string[] {
  const said = [tile.isSelf ? `${name} (${t('call.you')})` : name];
  if (tile.isSpeaking) said.push(t('call.speaking'));
  const { serverMuted, serverDeafened } = tile.state;
  if (serverDeafened) said.push(app('channels.deafenedByModerator'));
  else if (serverMuted) said.push(app('channels.mutedByModerator'));
  else if (tile.deafened) said.push(t('call.deafened'));
  else if (tile.muted) said.push(t('call.muted'));
  if (tile.isSilenced) said.push(t('call.silenced'));
  if (tile.isWeak) said.push(t('call.weak'));
  if (tile.producerId !== undefined || tile.isOwnPicture) said.push(words('video.cameraOn'));
  return said;
}
