import type { Kysely } from 'kysely';
import { html } from 'hono/html';
import { handsOf } from '../../domain/photo/media-hands.ts';
import { mediaOf, shasOfMedia } from '../../domain/photo/media-of.ts';
import type { MediaHand, MediaRef, Thumb } from '../../domain/photo/media.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { Database } from '../db/schema.ts';
import type { Html } from './resident-layout.ts';
import { residentWords as words } from './resident-words.ts';

/** What a coordinator lets the resident see, as far as its bytes are here and came from who put it there. [PH4] */
export async function readShownMedia(db: Kysely<Database>, ticket: Ticket): Promise<MediaRef[]> {
  const marked = mediaOf(ticket).filter(({ forResident }) => forResident);
  if (marked.length === 0) return [];
  const rows = await db
    .selectFrom('photo')
    .innerJoin('photo_bringer', 'photo_bringer.sha', 'photo.sha')
    .select(['photo.sha', 'photo_bringer.member_id as memberId'])
    .where('photo.sha', 'in', marked.flatMap(shasOfMedia))
    .where('photo.stored_at', 'is not', null)
    .where('photo_bringer.brought_at', 'is not', null)
    .execute();
  const isBy = (sha: string, { byId }: MediaHand) => rows.some((row) => row.sha === sha && row.memberId === byId);
  return marked
    .filter((one) => handsOf(one).some((hand) => isBy(one.sha, hand)))
    .map((one) => shownAs(one, handsOf(one).find((hand) => hand.thumb && isBy(hand.thumb.sha, hand))?.thumb));
}

/** As one entry, with the thumbnail that is here, and without whoever else put it there. */
function shownAs({ alsoBy: _, ...one }: MediaRef, thumb: Thumb | null = null): MediaRef {
  return one.kind === 'photo' ? { ...one, thumb } : one;
}

/** May these bytes go out to whoever holds the slip? */
export const isShown = (shown: readonly MediaRef[], sha: string): boolean => shown.flatMap(shasOfMedia).includes(sha);

/** Addresses that only work behind this slip's code. */
export const shownMedia = (code: string, shown: readonly MediaRef[]): Html =>
  shown.length === 0
    ? html``
    : html`<div class="shown">
        <p class="what">${words.photos.title}</p>
        ${shown.map((one) => oneOf(`/r/${code}/photos/`, one))}
      </div>`;

const oneOf = (folder: string, one: MediaRef): Html =>
  one.kind === 'sound'
    ? html`<figure>
        <audio controls preload="none" src="${folder}${one.sha}"></audio>
        <figcaption>${words.photos.sound}</figcaption>
      </figure>`
    : html`<figure>
        <a href="${folder}${one.sha}">
          <img
            src="${folder}${one.thumb?.sha ?? one.sha}"
            alt="${words.photos.stage[one.stage]}"
            width="${one.width}"
            height="${one.height}"
            loading="lazy"
          />
        </a>
        <figcaption>${words.photos.stage[one.stage]}</figcaption>
      </figure>`;
