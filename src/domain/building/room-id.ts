import { derivedId } from '../place/place.ts';

/**
 * The id of a door that is added at the door. Two volunteers who both miss 502 make one door, and so one household.
 */
export const addedRoomIdOf = (floorId: string, label: string): string => derivedId('room', floorId, label.trim());
