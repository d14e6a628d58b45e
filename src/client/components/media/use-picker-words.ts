import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { PHOTO_LIMIT, SOUND_LIMIT } from '../../../domain/photo/media.ts';
import type { TakenMediaForm } from '../../composables/use-taken-media.ts';

/** What a picker says of its room: how much more it takes, why it takes no more, and what is too much. */
export function usePickerWords({ room, busy, fault, args }: TakenMediaForm) {
  const { t } = useI18n();
  const has = (kind: 'photo' | 'sound'): boolean => args.value.some((one) => one.kind === kind);
  const rowHint = computed(() => {
    const { photos, sounds } = room.value;
    if (photos <= 0 && sounds <= 0) return t('photo.rowHintFull');
    if (photos <= 0) return t('photo.rowHintSounds', { sounds });
    return sounds <= 0 ? t('photo.rowHintPhotos', { photos }) : t('photo.rowHint', { photos, sounds });
  });
  const photoButton = computed(() => {
    if (busy.value) return t('photo.working');
    return room.value.photos > 0 ? t('photo.take') : t('photo.photosFull', { limit: PHOTO_LIMIT });
  });
  const soundButton = computed(() =>
    room.value.sounds > 0 ? t('photo.record') : t('photo.soundsFull', { limit: SOUND_LIMIT }),
  );
  const trouble = computed(() => {
    const { photos, sounds } = room.value;
    // Others may have added some while these lay in the form.
    if (photos < 0 && has('photo')) return t('photo.photosOver', { count: -photos });
    if (sounds < 0 && has('sound')) return t('photo.soundsOver', { count: -sounds });
    return fault.value ? t(`photo.fault.${fault.value}`) : '';
  });
  return { rowHint, photoButton, soundButton, trouble };
}
