import { labelField } from '../building/layout-mutators.ts';
import { partsOf } from '../building/layout.ts';
import type { ReadTx } from '../mutation/mutator.ts';
import type { Kind } from '../record/record.ts';
import type { RecordData } from '../record/record-data.ts';
import type { SpaceId } from '../space/space.ts';
import { isTermField, termText } from '../term/term-table.ts';
import { amendableOf } from '../ticket/amend-ticket.ts';
import type { Conflict } from './conflict.ts';

type About = Pick<Conflict, 'kind' | 'recordId' | 'field'>;
type Reader = (tx: ReadTx, space: SpaceId, about: About) => string | undefined;

const reader =
  <K extends Kind>(kind: K, read: (data: RecordData[K], field: string) => string | undefined): Reader =>
  (tx, space, { recordId, field }) => {
    const data = tx.get(space, kind, recordId);
    return data === undefined ? undefined : read(data, field);
  };

const nameOf = (data: { name: string }, field: string): string | undefined =>
  field === 'name' ? data.name : undefined;

const withPhone = (data: { name: string; phone: string }, field: string): string | undefined =>
  field === 'phone' ? data.phone : nameOf(data, field);

const READERS: Readonly<Partial<Record<string, Reader>>> = {
  office: reader('office', withPhone),
  terms: reader('terms', (terms, field) => (isTermField(field) ? termText(terms[field]) : undefined)),
  workdays: reader('workdays', ({ days }, day) => days[day] ?? 'plain'),
  community: reader('community', withPhone),
  grid: reader('grid', nameOf),
  estate: reader('estate', nameOf),
  building: reader('building', (building, field) => {
    const part = partsOf(building).find(({ id }) => field === labelField(id));
    return part?.label ?? nameOf(building, field);
  }),
  ticket: reader('ticket', (ticket, field) => {
    const standing = Object.entries(amendableOf(ticket)).find(([name]) => name === field);
    return standing === undefined ? undefined : String(standing[1]);
  }),
};

/** What stands now in the field that two people changed, as a conflict writes values; nothing where it is not here. */
export const standingValue = (tx: ReadTx, space: SpaceId, about: About): string | undefined =>
  READERS[about.kind]?.(tx, space, about);
