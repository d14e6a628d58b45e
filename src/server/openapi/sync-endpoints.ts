import * as v from 'valibot';
import { syncRequestSchema, syncResponseSchema } from '../../protocol/sync-messages.ts';
import { BODY_ERRORS, json, type Endpoint } from './endpoint.ts';

export const syncEndpoints: readonly Endpoint[] = [
  {
    method: 'post',
    path: '/api/sync',
    summary: 'Push and pull in one round trip; a mutation is answered by a receipt, never by an error',
    access: 'session',
    body: json(syncRequestSchema),
    answer: { status: 200, ...json(syncResponseSchema) },
    errors: [...BODY_ERRORS, 'unauthenticated'],
  },
  {
    method: 'get',
    path: '/api/poke',
    summary: 'Server-sent events that say which spaces have moved, without data',
    access: 'session',
    answer: { status: 200, type: 'text/event-stream' },
    errors: ['unauthenticated'],
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    access: 'anyone',
    answer: { status: 200, type: 'application/json' },
    errors: [],
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'Does the server take requests, does its database answer, and can it write?',
    access: 'anyone',
    answer: { status: 200, ...json(v.strictObject({ status: v.literal('ok') })) },
    errors: [],
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Figures for Prometheus; only from the same machine, or with a token as bearer',
    access: 'anyone',
    answer: { status: 200, type: 'text/plain' },
    errors: ['not_found'],
  },
];
