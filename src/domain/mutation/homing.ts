import type { Place } from '../place/place.ts';
import type { Kind } from '../record/record.ts';

export interface HomeKey {
  kind: Kind;
  id: string;
}

/**
 * How the server finds the grid in which a late mutation belongs, when a building has moved to another grid while
 * the mutation lay on a phone (design §4, `record_home`). A mutator without it runs in the space it names.
 */
export interface Homing<Args> {
  /** The records that it is about; where the first of them has moved, the mutation follows. */
  records?(args: Args): readonly HomeKey[];
  /** Where what it makes stands: it follows the building. */
  place?(args: Args): Place;
  /** What it makes there: what follows it is led after it, also while it is held. */
  makes?(args: Args): HomeKey;
  /** The args as they read in the other grid; left out where they name no grid. */
  inGrid?(args: Args, gridId: string): Args;
  /** A contact or slip that what it makes names: it comes along, or is led there when it arrives. */
  brings?(args: Args): readonly (HomeKey & { kind: 'contact' | 'slip' })[];
}
