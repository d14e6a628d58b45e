import * as v from 'valibot';
import { PHOTO_TYPES, SOUND_TYPES } from '../../domain/photo/media.ts';
import { RESIDENT_ACTIONS } from '../resident/resident-action.ts';
import { residentCodeSchema, residentFormSchemas } from '../resident/resident-form.ts';
import type { Endpoint } from './endpoint.ts';

const { confirm, rate, add, reopen } = residentFormSchemas;

/** Pages for people: what goes wrong is answered by a page that says so in words. */
export const residentEndpoints: readonly Endpoint[] = [
  {
    method: 'get',
    path: '/r',
    summary: 'Where a code is typed in',
    access: 'anyone',
    answer: { status: 200, type: 'text/html' },
    errors: [],
  },
  {
    method: 'post',
    path: '/r',
    summary: 'A code as somebody typed it: leads to its page',
    access: 'anyone',
    body: { type: 'application/x-www-form-urlencoded', schema: residentCodeSchema },
    answer: { status: 303 },
    errors: ['bad_request', 'forbidden', 'too_large'],
  },
  {
    method: 'get',
    path: '/r/{code}',
    summary: 'Where the matters of a slip stand; an unknown code always gets the same page',
    access: 'slip',
    answer: { status: 200, type: 'text/html' },
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/r/{code}/photos/{sha}',
    summary: 'A photo or a voice note that is marked for the resident, on a matter of this slip',
    access: 'slip',
    headers: { range: { required: false, description: 'One range of bytes, answered with 206' } },
    answer: { status: 200, bytes: [...PHOTO_TYPES, ...SOUND_TYPES] },
    errors: ['not_found'],
  },
  {
    method: 'post',
    path: '/r/{code}/{ticketId}/{action}',
    summary: "The resident's word: confirm, rate, add a line or reopen, with the four digits",
    access: 'slip',
    pathChoices: { action: RESIDENT_ACTIONS },
    body: { type: 'application/x-www-form-urlencoded', schema: v.union([confirm, rate, add, reopen]) },
    answer: { status: 303 },
    errors: ['bad_request', 'forbidden', 'not_found', 'conflict', 'too_large'],
  },
];
