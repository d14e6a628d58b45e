import { ref, type Ref } from 'vue';
import { useActor } from '../../composables/use-engine.ts';

const keyOf = (memberId: string): string => `doorstep.pinned-buildings.${memberId}`;

function read(memberId: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(memberId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    // Storage is shut or holds something else: nothing is pinned, and nothing else is hurt.
    return [];
  }
}

/** Buildings that the member keeps on top; a convenience of this phone, so it is not a record. */
export function usePins(): { pins: Ref<string[]>; toggle(buildingId: string): void } {
  const memberId = useActor().value.id;
  const pins = ref(read(memberId));
  return {
    pins,
    toggle(buildingId) {
      pins.value = pins.value.includes(buildingId)
        ? pins.value.filter((id) => id !== buildingId)
        : [...pins.value, buildingId];
      try {
        localStorage.setItem(keyOf(memberId), JSON.stringify(pins.value));
      } catch {
        // A full or shut storage loses the pin at the next start, and that is all.
      }
    },
  };
}
