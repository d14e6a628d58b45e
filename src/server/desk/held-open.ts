import { expressionBuilder } from 'kysely';
import type { Database } from '../db/schema.ts';

const eb = expressionBuilder<Database, 'held'>();

/** It waits for a decision. */
export const isUndecided = eb('held.resolved_at', 'is', null);

/**
 * It was sent back to a phone whose session is ended. That has let go of its words and of its photos [RV1]: what lies here
 * is the only copy, and can be taken up again. [RC4]
 */
export const isReopenable = eb.and([eb('held.resolution', '=', 'returned'), eb('held.reason', '=', 'revoked')]);

/** What it names has to stay. [PH5] */
export const holdsPhotos = eb.or([isUndecided, isReopenable]);
