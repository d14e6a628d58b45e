/** 网格: a part of a community with its own responsible people; the unit of privacy. */
export interface Grid {
  name: string;
  /** The grid that every community has from its first day. */
  isDefault: boolean;
}
