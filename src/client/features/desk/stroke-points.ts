/** A flat list x0,y0,x1,y1… as the points of an SVG line; an odd last figure is left out. */
export function strokePoints(stroke: readonly number[]): string {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < stroke.length; i += 2) pairs.push(`${stroke[i]},${stroke[i + 1]}`);
  return pairs.join(' ');
}
