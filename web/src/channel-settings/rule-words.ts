import type { Explanation } from '@harmonium/api/explain-permissions';
import { t } from '../strings/channel-settings.ts';

interface Names {
  role: (roleId: string) => string;
  member: string;
}

/** Which rule decided about a permission, as a sentence. */
export function ruleWords({ granted, rule }: Explanation, names: Names): string {
  switch (rule.by) {
    case 'owner':
      return t('channelSettings.rule.owner');
    case 'administrator':
      return t('channelSettings.rule.administrator', names.role(rule.roleId));
    case 'role':
      return t('channelSettings.rule.role', names.role(rule.roleId));
    case 'nothing':
      return t('channelSettings.rule.nothing');
    case 'override':
      return overrideWords(granted, rule, names);
    case 'no_view':
      return t('channelSettings.rule.no_view');
    case 'no_connect':
      return t('channelSettings.rule.no_connect');
    case 'timeout':
      return t('channelSettings.rule.timeout');
    case 'server_only':
      return t('channelSettings.rule.server_only');
  }
}

type OverrideRule = Extract<Explanation['rule'], { by: 'override' }>;

function overrideWords(granted: boolean, { of, targetId }: OverrideRule, names: Names): string {
  switch (of) {
    case 'everyone':
      return granted
        ? t('channelSettings.rule.everyoneAllows')
        : t('channelSettings.rule.everyoneDenies');
    case 'role':
      return granted
        ? t('channelSettings.rule.roleAllows', names.role(targetId))
        : t('channelSettings.rule.roleDenies', names.role(targetId));
    case 'member':
      return granted
        ? t('channelSettings.rule.memberAllows', names.member)
        : t('channelSettings.rule.memberDenies', names.member);
  }
}
