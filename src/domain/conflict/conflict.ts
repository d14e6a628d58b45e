/** Two people changed the same field: the server's value stayed, the other is kept here. */
export interface Conflict {
  /** What was edited, in the same space. */
  kind: string;
  recordId: string;
  field: string;
  from: string;
  /** The value that did not go in. */
  mine: string;
  /** The value that stands. */
  theirs: string;
  authorId: string;
  authorName: string;
  at: number;
  resolvedAt: number | null;
  resolution: 'mine' | 'theirs' | null;
}
