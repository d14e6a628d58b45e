import type { Place } from '../place/place.ts';

/** 户: written only once there is something to say of it. */
export interface Household {
  place: Place;
  createdAt: number;
}
