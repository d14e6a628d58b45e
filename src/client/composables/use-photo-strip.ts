import { watchPostEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Place } from '../../domain/place/place.ts';
import { communitySpace, gridSpace } from '../../domain/space/space.ts';
import { useActor, useEngine } from './use-engine.ts';
import { useFormat } from './use-format.ts';

/** A matter whose grid is held, or only the words in which one is told where it is. */
type StripAbout = { place: Place | null; slipId?: string | null } | { where: string };

/** `isShot`: it was taken just now, by this camera. Of another one only when it was added is known. */
export type PhotoStrip = (isShot: boolean) => readonly string[];

/**
 * The lines of the 水印: when, which building, who, and the slip's code. Never the door: a photo may be shown to people
 * who do not know it. No code either before the slip is there: which one a matter goes onto is open until it is saved,
 * and a sensitive one must not bear that of its door.
 */
export function usePhotoStrip(about: () => StripAbout): PhotoStrip {
  const { t } = useI18n();
  const { view } = useEngine();
  const actor = useActor();
  const { formatDayTime } = useFormat();
  const placeWords = ({ communityId, buildingId, estateName }: Place): string => {
    const building = buildingId && view.get(communitySpace(communityId), 'building', buildingId)?.data.name;
    return [estateName, building].filter(Boolean).join(' ');
  };
  function linesNow(): { where: string; who: string } {
    const matter = about();
    if ('where' in matter) return { where: matter.where, who: actor.value.name };
    const { place, slipId } = matter;
    const code = place && slipId ? view.get(gridSpace(place.gridId), 'slip', slipId)?.data.code : undefined;
    return { where: place ? placeWords(place) : '', who: [actor.value.name, code].filter(Boolean).join(' · ') };
  }
  // It may have to be read: asked for before somebody takes a photo.
  watchPostEffect(() => void linesNow());
  return (isShot) => {
    const now = formatDayTime(Date.now());
    const { where, who } = linesNow();
    return [isShot ? now : t('photo.addedAt', { when: now }), where, who].filter((line) => line !== '');
  };
}
