import type { InferOutput } from 'valibot';
import type { Actor } from '../../domain/actor/actor.ts';
import type { heldRevealedSchema } from '../../protocol/desk-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { contactIn } from './held-contact.ts';
import type { Held } from './held-repository.ts';
import { noteReveal, SHOW_FOR_MS } from './reveal-contact.ts';

/** All of what is held of a contact, to who decides over it: with a reason and a trace, as one that has been taken in. */
export async function revealHeld(
  deps: Dependencies,
  actor: Actor,
  held: Held,
  reason: string,
): Promise<InferOutput<typeof heldRevealedSchema>> {
  const contact = await contactIn(deps.db, held);
  if (!contact) throw new HttpError('not_found');
  const { gridId, contactId } = contact;
  await noteReveal(deps, actor, { gridId, contactId, matterId: held.id, reason });
  return { args: JSON.parse(held.args) as unknown, showForMs: SHOW_FOR_MS };
}
