import type { SpaceId } from '../domain/space/space.ts';

/** Moves on with each page that is taken and each space that is forgotten: who reads one meanwhile reads once more. */
export class SpaceTurns {
  private readonly turns = new Map<SpaceId, number>();
  private turnOfAll = 0;

  moveOn(id: SpaceId): void {
    this.turns.set(id, (this.turns.get(id) ?? 0) + 1);
  }

  allMoveOn(): void {
    this.turnOfAll += 1;
  }

  /** Tells, whenever it is asked, whether that one has moved on since now; without one, whether all have. */
  watch(): (id?: SpaceId) => boolean {
    const { turnOfAll } = this;
    const turns = new Map(this.turns);
    return (id) => this.turnOfAll !== turnOfAll || (id !== undefined && this.turns.get(id) !== turns.get(id));
  }
}
