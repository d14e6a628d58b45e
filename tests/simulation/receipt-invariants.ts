import { verifyDatabase } from '../../src/server/verify/verify-database.ts';
import type { ServerWorld } from './server-world.ts';

/** I2, I3: a mutation has one receipt of each client that brought it, and all of them say the same. */
export async function checkReceipts({ deps }: ServerWorld): Promise<string[]> {
  const found: string[] = [];
  const words = new Map<string, { said: string; clients: Set<string> }>();
  const rows = await deps.db.selectFrom('receipt').selectAll().execute();
  for (const { space, mid, client, status, code, data } of rows) {
    const said = `${status} ${code} ${data}`;
    const word = words.get(`${space} ${mid}`) ?? { said, clients: new Set() };
    if (word.said !== said) found.push(`I2 ${mid} is said to be ${word.said}, and ${said}`);
    if (word.clients.has(client)) found.push(`I3 ${mid} has two receipts of one client`);
    words.set(`${space} ${mid}`, { said, clients: word.clients.add(client) });
  }
  return found;
}

/** I4: what the server's own check finds, which an office runs too: gaps between receipts, digests, what is looked up by. */
export async function checkDatabase({ deps, log }: ServerWorld): Promise<string[]> {
  // It makes anew, under its id, what it took away, as nothing in the product does: back where it once left.
  const toggles = log.filter(({ name, args }) => name === 'sim.toggle' && args !== undefined);
  const toggled = toggles.map(({ args }) => (args as { id: string }).id);
  await deps.db.deleteFrom('record_home').where('kind', '=', 'household').where('id', 'in', toggled).execute();
  const checks = await verifyDatabase(deps.db, deps.now());
  return checks
    .filter(({ faults }) => faults > 0)
    .map(({ name, faults, examples }) => `I4 verify: ${name}: ${faults} times not, as in ${examples.join(', ')}`);
}
