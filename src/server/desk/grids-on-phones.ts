import type { Actor } from '../../domain/actor/actor.ts';
import type { Phone } from './device-repository.ts';
import { leftBehind } from './left-behind.ts';

/**
 * The communities whose grids lie on this phone, or lay on it when its storage was cleared with something that waited: as it
 * said itself, whatever its member may do by now.
 */
export function visitedOn({ device, before }: Phone, { gridCommunity }: Actor): string[] {
  const left = new Set(leftBehind(device, before).map(({ id }) => id));
  const lying = [device, ...before.filter(({ id }) => left.has(id))].flatMap(({ grids }) => grids);
  return lying.flatMap((gridId) => gridCommunity[gridId] ?? []);
}
