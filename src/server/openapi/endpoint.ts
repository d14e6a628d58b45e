import type { GenericSchema } from 'valibot';
import type { ErrorCode } from '../../protocol/error-code.ts';

export type BodyType = 'application/json' | 'application/x-www-form-urlencoded';
export type AnswerType = 'application/json' | 'text/html' | 'text/event-stream' | 'text/plain';

/** One address of the server under one method, as the document and the tests over every endpoint read it. */
export interface Endpoint {
  method: 'head' | 'get' | 'post' | 'patch' | 'delete';
  /** With `{name}` for what varies. */
  path: string;
  summary: string;
  /** A session's cookie, the slip's code in the address, or nothing at all. */
  access: 'session' | 'slip' | 'anyone';
  /** The values that a part of the path may have, where they are few. */
  pathChoices?: Readonly<Record<string, readonly string[]>>;
  query?: Readonly<Record<string, { required: boolean; description: string }>>;
  headers?: Readonly<Record<string, { required: boolean; description: string }>>;
  /** Media types of a body that is bytes and no text. */
  bytes?: readonly string[];
  body?: { type: BodyType; schema: GenericSchema };
  answer: {
    status: 200 | 201 | 204 | 303;
    type?: AnswerType;
    schema?: GenericSchema;
    /** Media types of an answer that is bytes. */
    bytes?: readonly string[];
    headers?: Readonly<Record<string, string>>;
  };
  /** What else it can answer, beside what every endpoint can: rate_limited, internal, unavailable. */
  errors: readonly ErrorCode[];
}

export const json = (schema: GenericSchema): { type: 'application/json'; schema: GenericSchema } => ({
  type: 'application/json',
  schema,
});

/** What can be wrong with a body in JSON, and with whoever sends it from another site. */
export const BODY_ERRORS = ['bad_request', 'too_large', 'unsupported_media_type', 'forbidden'] as const;
