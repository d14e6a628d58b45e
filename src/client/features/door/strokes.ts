import { SIGNATURE_MAX_BYTES } from '../../../domain/consent/consent.ts';

/** The box that strokes are kept in, whatever the size of the glass. */
const BOX = 1000;
const MAX_STROKES = 60;
/** Numbers of one stroke, two a point. */
const MAX_NUMBERS = 2000;

export interface DrawnPoint {
  x: number;
  y: number;
}

const inBox = (value: number, size: number): number =>
  Math.min(BOX, Math.max(0, Math.round((value / Math.max(1, size)) * BOX)));

/** Every n-th point and the last one, so that a stroke still ends where the pen did. */
const thinned = (points: readonly DrawnPoint[], step: number): DrawnPoint[] =>
  points.filter((_, at) => at % step === 0 || at === points.length - 1);

/**
 * What was drawn, as flat lists x0,y0,x1,y1… in a 0–1000 box. Points are thinned until it fits the 8 KiB
 * that go into the mutation: a signature stays a signature with half of its points.
 */
export function strokesOf(drawn: readonly (readonly DrawnPoint[])[], width: number, height: number): number[][] {
  const kept = drawn.filter((points) => points.length > 0).slice(0, MAX_STROKES);
  for (let step = 1; ; step *= 2) {
    const strokes = kept.map((points) =>
      thinned(points, step)
        .flatMap(({ x, y }) => [inBox(x, width), inBox(y, height)])
        .slice(0, MAX_NUMBERS),
    );
    if (JSON.stringify(strokes).length <= SIGNATURE_MAX_BYTES) return strokes;
  }
}

/** An SVG path through the points of every stroke. */
export const pathOf = (strokes: readonly (readonly number[])[]): string =>
  strokes
    .map((stroke) =>
      stroke.reduce((path, value, at) => path + (at % 2 ? `,${value}` : `${at === 0 ? 'M' : 'L'}${value}`), ''),
    )
    .join('');
