import { useI18n } from 'vue-i18n';
import type { Roles } from '../../domain/actor/actor.ts';

/** What a member may do, a line a role. */
export function useRoleWords(): (roles: Roles) => string[] {
  const { t } = useI18n();
  return (roles) => {
    const words: string[] = [];
    if (roles.volunteer.length > 0) words.push(t('account.role.volunteer', { count: roles.volunteer.length }));
    if (roles.coordinator.length > 0) words.push(t('account.role.coordinator', { count: roles.coordinator.length }));
    if (roles.claimer) {
      words.push(roles.unit ? t('account.role.unit', { unit: roles.unit }) : t('account.role.claimer'));
    }
    if (roles.admin) words.push(t('account.role.admin'));
    return words.length > 0 ? words : [t('account.role.none')];
  };
}
