import { computed, nextTick, reactive, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import * as v from 'valibot';
import { useRouter } from 'vue-router';
import { passwordSchema, sessionMemberSchema, signInNameSchema } from '../../../protocol/account-messages.ts';
import { useAccount } from '../../composables/use-account.ts';
import { startFor } from '../../composables/use-navigation.ts';
import { thisBrowser } from '../../platform/this-browser.ts';
import { answerOf } from '../../transport/answer-of.ts';
import { api, ApiError, type ApiErrorCode } from '../../transport/api-client.ts';
import { deviceName } from './device-name.ts';

/** What the three ways in share: send, say what is wrong beside the field, open the member's own start. */
export function useEntryForm(path: string) {
  const { t } = useI18n();
  const router = useRouter();
  const account = useAccount();
  const busy = ref(false);
  /** `storage`: this phone's does not open, so nobody can be in here. */
  const failure = ref<ApiErrorCode | 'storage' | null>(null);
  const errors = reactive<Record<string, string>>({});

  function checkNew({ signInName, password }: { signInName: string; password: string }): void {
    if (!v.is(signInNameSchema, signInName)) errors['signInName'] = t('account.fields.nameShort');
    if (!v.is(passwordSchema, password)) errors['password'] = t('account.fields.passwordShort');
  }

  async function submit(body: Record<string, string>, check: () => void, next?: string): Promise<void> {
    if (busy.value) return;
    for (const key of Object.keys(errors)) delete errors[key];
    failure.value = null;
    check();
    if (Object.keys(errors).length > 0) {
      await nextTick();
      document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    busy.value = true;
    try {
      const member = answerOf(
        sessionMemberSchema,
        await api.post(path, { ...body, device: deviceName(thisBrowser()) }),
      );
      await account.enter(member);
      await router.replace(next ?? startFor(member.roles));
    } catch (error) {
      failure.value = error instanceof ApiError ? error.code : 'storage';
      if (failure.value === 'storage') throw error;
    } finally {
      busy.value = false;
    }
  }

  const failureText = computed(() =>
    failure.value === 'storage' ? t('common.broken.text') : t(`error.${failure.value}`),
  );

  return { busy, failure, failureText, errors, checkNew, submit };
}
