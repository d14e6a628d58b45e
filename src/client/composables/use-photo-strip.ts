import { watchPostEffect } from 'vue';
import type { Place } from '../../domain/place/place.ts';
import { communitySpace, gridSpace } from '../../domain/space/space.ts';
import { useActor, useEngine } from './use-engine.ts';
import { useFormat } from './use-format.ts';

interface StripAbout {
  place: Place | null;
  slipId?: string | null;
  /** Where the slip is not made yet. */
  code?: string;
}

/**
 * The lines of the 水印: when, which building, who, and the slip's code. Never the door: a photo may be shown to people
 * who do not know it.
 */
export function usePhotoStrip(about: () => StripAbout): () => readonly string[] {
  const { view } = useEngine();
  const actor = useActor();
  const { formatDayTime } = useFormat();
  const where = ({ communityId, buildingId, estateName }: Place): string => {
    const building = buildingId && view.get(communitySpace(communityId), 'building', buildingId)?.data.name;
    return [estateName, building].filter(Boolean).join(' ');
  };
  const slipCode = (): string | undefined => {
    const { place, slipId } = about();
    return place && slipId ? view.get(gridSpace(place.gridId), 'slip', slipId)?.data.code : undefined;
  };
  // It may have to be read: asked for before somebody takes a photo.
  watchPostEffect(slipCode);
  return () => {
    const { place, code } = about();
    const slip = slipCode();
    const who = [actor.value.name, slip ?? code].filter(Boolean).join(' · ');
    return [formatDayTime(Date.now()), place ? where(place) : '', who].filter((line) => line !== '');
  };
}
