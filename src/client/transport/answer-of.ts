import * as v from 'valibot';
import { ApiError } from './api-client.ts';

/** An answer that does not have the shape that was agreed is not from our server. */
export function answerOf<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) throw new ApiError('not_doorstep');
  return parsed.output;
}
