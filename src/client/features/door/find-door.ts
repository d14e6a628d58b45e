import { doorsInOrder } from './door-order.ts';
import { buildingLabel, doorLabel, type BuildingHere, type Door } from './place-of.ts';

/** What a search found: a whole building, or one door of it. */
export interface Found {
  building: BuildingHere;
  door: Door | null;
  label: string;
}

/** 凤凰苑3幢2单元302, 3-2-302 and 凤凰 302 all become words to look for, in their order. */
export function wordsOf(query: string): string[] {
  const plain = query.normalize('NFKC').toLowerCase();
  return plain.match(/\d+|[^\d\s\-—,,、.#/]+/g)?.flatMap(withoutUnits) ?? [];
}

/** 幢, 单元 and the like say which number is meant; people leave them out, so they are not looked for. */
function withoutUnits(word: string): string[] {
  const rest = word.replace(/^(号楼|幢|栋|楼|座|单元|门|层|室|号)+/, '');
  return rest === '' ? [] : [rest];
}

/** A number finds the label that begins with it, a word the label that holds it. */
const fits = (word: string, label: string): boolean => {
  if (!/^\d+$/.test(word)) return label.toLowerCase().includes(word);
  return (label.match(/\d+/g) ?? []).some(
    (number) => number === word || (number.length >= 3 && number.startsWith(word)),
  );
};

/** The words must fit the parts in their order; a part may be left out. */
function matches(words: readonly string[], parts: readonly string[]): boolean {
  let next = 0;
  for (const word of words) {
    // A place name of one Chinese word may stand for two parts: 凤凰苑 and 南区.
    while (next < parts.length && !fits(word, parts[next] ?? '')) next += 1;
    if (next === parts.length) return false;
    next += 1;
  }
  return true;
}

/** Buildings first, then doors in the order of a walk. Nothing typed finds nothing. */
export function findDoors(buildings: readonly BuildingHere[], query: string, limit: number): Found[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const found: Found[] = buildings
    .filter((building) => matches(words, [building.estateName, building.data.name]))
    .map((building) => ({ building, door: null, label: buildingLabel(building) }));
  for (const building of buildings) {
    if (found.length >= limit) break;
    for (const door of doorsInOrder(building.data)) {
      const parts = [building.estateName, building.data.name, door.entrance.label, door.room.label];
      // The last word is the door's own, or every door of a building that was found would follow it.
      if (!fits(words.at(-1) ?? '', door.room.label) || !matches(words, parts)) continue;
      found.push({ building, door, label: `${buildingLabel(building)} ${doorLabel(door)}` });
    }
  }
  return found.slice(0, limit);
}
