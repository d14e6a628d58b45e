import type { Actor } from '../actor/actor.ts';
import type { MediaRef, MediaStage, PhotoRef } from './media.ts';
import type { AddedMedia } from './media-args.ts';

/** The same hash for the same name; hex digits that no real one would have. */
export const shaOf = (name: string): string =>
  [...name]
    .map((letter) => (letter.codePointAt(0) ?? 0).toString(16).slice(-2))
    .join('')
    .padEnd(64, '0')
    .slice(-64);

export const photoArgs = (name: string, stage: MediaStage = 'logged'): Extract<AddedMedia, { kind: 'photo' }> => ({
  kind: 'photo',
  sha: shaOf(name),
  type: 'image/jpeg',
  size: 240_000,
  width: 1600,
  height: 1200,
  thumb: { sha: shaOf(`thumb ${name}`), type: 'image/webp', size: 6000 },
  stage,
  takenAt: 1_790_000_000_000,
});

export const soundArgs = (name: string): Extract<AddedMedia, { kind: 'sound' }> => ({
  kind: 'sound',
  sha: shaOf(name),
  type: 'audio/webm',
  size: 200_000,
  seconds: 30,
  stage: 'logged',
  takenAt: 1_790_000_000_000,
});

export const photoBy = (
  { id, name }: Actor,
  as: string,
  stage: MediaStage = 'logged',
  byRole: MediaRef['byRole'] = 'volunteer',
): PhotoRef => ({ ...photoArgs(as, stage), byId: id, byName: name, byRole, forResident: false });
