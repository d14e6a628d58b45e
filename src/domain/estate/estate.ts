/** 小区 */
export interface Estate {
  name: string;
  gridId: string;
}
