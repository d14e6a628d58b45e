import type { Migration } from 'kysely/migration';

/** Of which grids something lies on a phone: its member may have lost them since. Until it comes, as its member's roles say. */
export const gridsOnPhones: Migration = {
  async up(db) {
    await db.schema
      .alterTable('client')
      .addColumn('grids', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
    const members = await db.selectFrom('member').select(['id', 'roles']).execute();
    for (const { id, roles } of members as { id: string; roles: string }[]) {
      const grids = JSON.stringify((JSON.parse(roles) as { volunteer: string[] }).volunteer);
      await db.updateTable('client').set({ grids }).where('member_id', '=', id).execute();
    }
  },
};
