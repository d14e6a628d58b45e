import * as desk from '../../protocol/desk-messages.ts';
import { BODY_ERRORS, json, type Endpoint } from './endpoint.ts';

export const deskEndpoints: readonly Endpoint[] = [
  {
    method: 'post',
    path: '/api/reveal',
    summary: 'Read one contact, with a reason that is kept',
    access: 'session',
    body: json(desk.revealSchema),
    answer: { status: 200, ...json(desk.revealedSchema) },
    errors: [...BODY_ERRORS, 'unauthenticated', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/reveals',
    summary: 'Who read the contact of a ticket, when and why',
    access: 'session',
    query: { ticket: { required: true, description: 'Id of the ticket' } },
    answer: { status: 200, ...json(desk.revealListSchema) },
    errors: ['bad_request', 'unauthenticated', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/held',
    summary: "What waits for the asker's decision",
    access: 'session',
    answer: { status: 200, ...json(desk.heldListSchema) },
    errors: ['unauthenticated', 'forbidden'],
  },
  {
    method: 'post',
    path: '/api/held/{id}/accept',
    summary: "Run what was held as its author's; refused, it stays held",
    access: 'session',
    answer: { status: 200, ...json(desk.heldAcceptedSchema) },
    errors: ['unauthenticated', 'forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/held/{id}/return',
    summary: 'Send what was held back to its author with a reason',
    access: 'session',
    body: json(desk.heldReturnSchema),
    answer: { status: 204 },
    errors: [...BODY_ERRORS, 'unauthenticated', 'not_found'],
  },
];
