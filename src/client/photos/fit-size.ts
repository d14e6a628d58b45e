/** Longest side of what is sent, and of the small picture for lists. */
export const LONGEST = 1600;
export const THUMB_LONGEST = 240;

export interface Size {
  width: number;
  height: number;
}

/** As large as it may be and never larger than it was. */
export function fitSize({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
