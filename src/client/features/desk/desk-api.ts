import type * as v from 'valibot';
import {
  deviceListSchema,
  heldAcceptedSchema,
  heldListSchema,
  heldRevealedSchema,
  returnedListSchema,
  revealedSchema,
  revealListSchema,
} from '../../../protocol/desk-messages.ts';
import type { DeviceEntry, HeldEntry, ReturnedEntry } from '../../../protocol/desk-messages.ts';
import { answerOf } from '../../transport/answer-of.ts';
import { api } from '../../transport/api-client.ts';

/** What the desk asks over HTTP, because it must not lie on a device or needs a trace at once. */
export type Revealed = v.InferOutput<typeof revealedSchema>;
export type RevealTrace = v.InferOutput<typeof revealListSchema>[number];
export type HeldRevealed = v.InferOutput<typeof heldRevealedSchema>;
export type HeldAccepted = v.InferOutput<typeof heldAcceptedSchema>;

export const reveal = async (asked: {
  gridId: string;
  contactId: string;
  ticketId: string;
  reason: string;
}): Promise<Revealed> => answerOf(revealedSchema, await api.post('/api/reveal', asked));

export const listReveals = async (ticketId: string, contactId?: string): Promise<RevealTrace[]> => {
  const elsewhere = contactId === undefined ? '' : `&contact=${encodeURIComponent(contactId)}`;
  return answerOf(revealListSchema, await api.get(`/api/reveals?ticket=${encodeURIComponent(ticketId)}${elsewhere}`));
};

export const listHeld = async (): Promise<HeldEntry[]> => answerOf(heldListSchema, await api.get('/api/held'));

export const acceptHeld = async (id: string): Promise<HeldAccepted> =>
  answerOf(heldAcceptedSchema, await api.post(`/api/held/${encodeURIComponent(id)}/accept`, {}));

export const revealHeld = async (id: string, reason: string): Promise<HeldRevealed> =>
  answerOf(heldRevealedSchema, await api.post(`/api/held/${encodeURIComponent(id)}/reveal`, { reason }));

export const returnHeld = async (id: string, reason: string): Promise<void> => {
  await api.post(`/api/held/${encodeURIComponent(id)}/return`, { reason });
};

/** Behind the last one that is known, which need not be among them any more. */
export const listReturned = async (behind: ReturnedEntry | null): Promise<ReturnedEntry[]> => {
  const after = behind === null ? '' : `?behind=${encodeURIComponent(behind.id)}&at=${behind.returnedAt}`;
  return answerOf(returnedListSchema, await api.get(`/api/held/returned${after}`));
};

export const reopenHeld = async (id: string): Promise<void> => {
  await api.post(`/api/held/${encodeURIComponent(id)}/reopen`, {});
};

export const listDevices = async (): Promise<DeviceEntry[]> =>
  answerOf(deviceListSchema, await api.get('/api/devices'));

export const loseDevice = async (id: string): Promise<void> => {
  await api.post(`/api/devices/${encodeURIComponent(id)}/lost`, {});
};

export const putLeftAside = async (id: string): Promise<void> => {
  await api.post(`/api/devices/${encodeURIComponent(id)}/aside`, {});
};

export const findDevice = async (id: string): Promise<void> => {
  await api.delete(`/api/devices/${encodeURIComponent(id)}/lost`);
};
