/** 社区 */
export interface Community {
  name: string;
  /** Shown to residents: the community's own telephone; may be empty. */
  phone: string;
}
