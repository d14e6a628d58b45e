import { PHOTO_TYPES, SOUND_TYPES } from '../../domain/photo/media.ts';
import { UPLOAD_COMPLETE, UPLOAD_LENGTH, UPLOAD_OFFSET } from '../../protocol/photo-messages.ts';
import type { Endpoint } from './endpoint.ts';

const types = [...PHOTO_TYPES, ...SOUND_TYPES];

const standing = {
  [UPLOAD_OFFSET]: 'How many bytes are here',
  [UPLOAD_LENGTH]: 'How many there are in all',
  [UPLOAD_COMPLETE]: '?1 where all are here, verified and kept; else ?0',
};

export const photoEndpoints: readonly Endpoint[] = [
  {
    method: 'delete',
    path: '/api/seen-photos',
    summary: 'The browser lets go of the photos that it was shown; on the server nothing changes',
    access: 'session',
    answer: { status: 204 },
    errors: ['unauthenticated', 'rate_limited'],
  },
  {
    method: 'head',
    path: '/api/photos/{sha}',
    summary: 'How far this member’s upload of a photo or a voice note has come; all of it where they may see it',
    access: 'session',
    answer: { status: 200, headers: standing },
    errors: ['unauthenticated', 'not_found'],
  },
  {
    method: 'patch',
    path: '/api/photos/{sha}',
    summary: 'Bytes of a photo or a voice note from an offset on; with the last ones its hash is verified',
    access: 'session',
    headers: {
      [UPLOAD_OFFSET]: { required: true, description: 'Where these bytes begin; 409 says where they should' },
      [UPLOAD_LENGTH]: { required: true, description: 'How many there are in all' },
    },
    bytes: types,
    answer: { status: 204, headers: standing },
    errors: [
      'bad_request',
      'unauthenticated',
      'forbidden',
      'not_found',
      'offset_mismatch',
      'too_large',
      'unsupported_media_type',
      'checksum_mismatch',
      'media_refused',
      'uploads_full',
    ],
  },
  {
    method: 'get',
    path: '/api/photos/{sha}',
    summary: 'The bytes, for who may hold a record that needs them; a part of them where a range is asked for',
    access: 'session',
    headers: { range: { required: false, description: 'One range of bytes, answered with 206' } },
    answer: { status: 200, bytes: types },
    errors: ['unauthenticated', 'not_found'],
  },
];
