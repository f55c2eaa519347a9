import { t } from '../strings/channel-settings.ts';

export const saveWords = () => ({
  unsaved: t('channelSettings.unsaved'),
  discard: t('channelSettings.discard'),
  save: t('channelSettings.save'),
});

export const leaveWords = () => ({
  title: t('channelSettings.leaveTitle'),
  sentence: t('channelSettings.leaveSentence'),
  stay: t('channelSettings.stay'),
  leave: t('channelSettings.leave'),
});
