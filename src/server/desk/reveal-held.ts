import type { InferOutput } from 'valibot';
import type { Actor } from '../../domain/actor/actor.ts';
import { parseSpace } from '../../domain/space/space.ts';
import type { heldRevealedSchema } from '../../protocol/desk-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import type { Held } from './held-repository.ts';
import { noteReveal, SHOW_FOR_MS } from './reveal-contact.ts';

/** All of a held contact, to who decides over it: with a reason and a trace, as one that has been taken in. */
export async function revealHeld(
  deps: Dependencies,
  actor: Actor,
  held: Held,
  reason: string,
): Promise<InferOutput<typeof heldRevealedSchema>> {
  const space = parseSpace(held.space);
  if (space?.kind !== 'contact') throw new HttpError('not_found');
  const args = JSON.parse(held.args) as unknown;
  await noteReveal(deps, actor, { gridId: space.owner, contactId: contactIn(args), matterId: held.id, reason });
  return { args, showForMs: SHOW_FOR_MS };
}

/** Whom it is about, where that can be told: its args may be of any shape. */
const contactIn = (args: unknown): string =>
  typeof args === 'object' && args !== null && 'id' in args && typeof args.id === 'string' ? args.id.slice(0, 64) : '';
