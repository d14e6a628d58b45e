import * as v from 'valibot';
import type { Mutator } from './mutator.ts';
import type { MutatorRegistry } from './mutator-registry.ts';
import { Refusal } from './refusal.ts';

/** No path leads from this name and version to a mutator: the mutation is held, never dropped. */
export class UnknownMutation extends Error {
  override readonly name = 'UnknownMutation';

  constructor(mutation: string, version: number) {
    super(`no mutator for ${mutation} version ${version}`);
  }
}

/**
 * Lifts args of any released version to the present one and validates them there.
 * Throws `UnknownMutation` where nothing leads there, `Refusal('invalid')` where the args do not fit.
 */
export function prepareArgs(
  registry: MutatorRegistry,
  name: string,
  version: number,
  args: unknown,
): { mutator: Mutator; args: unknown } {
  const mutator = registry.get(name);
  if (mutator === undefined || version > mutator.version) throw new UnknownMutation(name, version);
  let lifted = args;
  for (let from = version; from < mutator.version; from++) {
    const lift = mutator.upcast?.[from];
    if (lift === undefined) throw new UnknownMutation(name, version);
    lifted = lift(lifted);
  }
  const parsed = v.safeParse(mutator.args, lifted);
  // An empty list passes for an object without fields.
  if (!parsed.success || Array.isArray(lifted)) throw new Refusal('invalid');
  return { mutator, args: parsed.output };
}
