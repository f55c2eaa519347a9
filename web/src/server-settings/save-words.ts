import { t } from '../strings/server-settings.ts';

export const SAVE_WORDS = {
  unsaved: t('serverSettings.unsaved'),
  discard: t('serverSettings.discard'),
  save: t('serverSettings.save'),
};

export const LEAVE_WORDS = {
  title: t('serverSettings.leaveTitle'),
  sentence: t('serverSettings.leaveSentence'),
  stay: t('serverSettings.stay'),
  leave: t('serverSettings.giveUp'),
};
