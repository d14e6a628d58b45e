import { expressionBuilder } from 'kysely';
import type { Database } from '../db/schema.ts';

const eb = expressionBuilder<Database, 'held'>();

/** It waits for a decision. */
export const isUndecided = eb('held.resolved_at', 'is', null);

/** The session of the phone that wrote it has been ended, whether the phone has come since or never will. */
const isOfEnded = eb.exists(
  eb
    .selectFrom('client')
    .innerJoin('session', 'session.id', 'client.session_id')
    .select('client.id')
    .whereRef('client.id', '=', 'held.client')
    .where('session.revoked_at', 'is not', null),
);

/**
 * Its author cannot get at it: a phone whose session is ended lets go of its words and of its photos [RV1], also of what it
 * had handed in before that for another reason. What lies here is the only copy.
 */
export const isOnlyHere = eb.or([eb('held.reason', '=', 'revoked'), eb('held.let_go_at', 'is not', null), isOfEnded]);

/** It was sent back to a phone that has it no more, and can be taken up again. [RC4] */
export const isReopenable = eb.and([eb('held.resolution', '=', 'returned'), isOnlyHere]);

/** What it names has to stay. [PH5] */
export const holdsPhotos = eb.or([isUndecided, isReopenable]);
