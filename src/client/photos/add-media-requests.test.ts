import { expect, test } from 'vitest';
import type { AddedMedia } from '../../domain/photo/media-args.ts';
import { addMediaRequests } from './add-media-requests.ts';

const sha = 'a'.repeat(64);
const sound: AddedMedia = {
  kind: 'sound',
  sha,
  type: 'audio/mp4',
  size: 3,
  seconds: 2,
  stage: 'after',
  takenAt: 1,
};
const files = [{ sha, type: 'audio/mp4', bytes: new ArrayBuffer(3) }] as const;

test('a matter and a claim have a mutation of their own for what was taken, with its bytes', () => {
  expect(addMediaRequests({ kind: 'ticket', space: 'grid:g', id: 't' }, [sound], files)).toEqual([
    {
      space: 'grid:g',
      name: 'ticket.addMedia',
      v: 1,
      args: { id: 't', media: [sound] },
      about: { kind: 'ticket', id: 't' },
      media: files,
    },
  ]);
  const [ofClaim] = addMediaRequests({ kind: 'claimView', space: 'member:m', id: 'c' }, [sound], files);
  expect(ofClaim).toMatchObject({ name: 'claim.addMedia', about: { kind: 'claimView', id: 'c' } });
});

test('nothing taken is no mutation', () => {
  expect(addMediaRequests({ kind: 'ticket', space: 'grid:g', id: 't' }, [], [])).toEqual([]);
});
