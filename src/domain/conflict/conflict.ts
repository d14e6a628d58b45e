type Resolution = 'mine' | 'theirs' | 'edited';

/** Two people changed the same field: the server's value stayed, the other is kept here. */
export interface Conflict {
  /** What was edited, in the same space. */
  kind: string;
  recordId: string;
  field: string;
  from: string;
  /** The value that did not go in. */
  mine: string;
  /** The value that stood when it was last looked at; once decided, what stood until then. */
  theirs: string;
  /** What stood as `theirs` before, oldest first: a decision met another value than its author had seen. */
  passed?: readonly string[];
  /** Texts of such decisions, oldest first: none is lost for having come too late. */
  offered?: readonly string[];
  authorId: string;
  authorName: string;
  at: number;
  /** Its author put it aside: open still, and not to be reminded of. */
  asideAt?: number;
  resolvedAt: number | null;
  resolution: Resolution | null;
  /** What went in, where it was neither of the two. */
  edited?: string;
}
