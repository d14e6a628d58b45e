/** Photo types that phones make: re-encoded there, so that neither place nor camera is in them. */
export const PHOTO_TYPES = ['image/jpeg', 'image/webp'] as const;
/** What browsers record in: Chromium and Firefox WebM or Ogg, Safari MP4. */
export const SOUND_TYPES = ['audio/webm', 'audio/mp4', 'audio/ogg'] as const;

export type PhotoType = (typeof PHOTO_TYPES)[number];
export type SoundType = (typeof SOUND_TYPES)[number];
export type MediaType = PhotoType | SoundType;

export const isPhotoType = (type: string): type is PhotoType => (PHOTO_TYPES as readonly string[]).includes(type);
export const isMediaType = (type: string): type is MediaType =>
  isPhotoType(type) || (SOUND_TYPES as readonly string[]).includes(type);

/** How large the bytes may be; the phone makes them much smaller. */
export const PHOTO_MAX_BYTES = 2 * 1024 * 1024;
export const SOUND_MAX_BYTES = 1536 * 1024;
export const THUMB_MAX_BYTES = 64 * 1024;
export const maxBytesOf = (type: MediaType): number => (isPhotoType(type) ? PHOTO_MAX_BYTES : SOUND_MAX_BYTES);

/** How many a ticket takes from those who work in its grid, and a claim from its claimer. */
export const PHOTO_LIMIT = 9;
export const SOUND_LIMIT = 3;
export const SOUND_MAX_SECONDS = 60;

/** 记录时 · 办理前 · 办理后 */
export type MediaStage = 'logged' | 'before' | 'after';

/** A small picture of a photo for lists, made on the phone: bytes of their own. */
export interface Thumb {
  sha: string;
  type: PhotoType;
  size: number;
}

/** Whose hand put it into the record, and what they said of it. */
export interface MediaHand {
  byId: string;
  byName: string;
  byRole: 'volunteer' | 'coordinator' | 'claimer';
  stage: MediaStage;
  /** What the phone's clock said. */
  takenAt: number;
  /** The one that they made; a voice note has none. */
  thumb?: Thumb | null;
}

interface AnyMedia extends MediaHand {
  /** SHA-256 of the bytes, hex; they come and go by `/api/photos/<sha>`. */
  sha: string;
  size: number;
  /** Others who put the same bytes there, in order of coming; there only where there are such. */
  alsoBy?: readonly MediaHand[];
  /** A coordinator lets the resident see it on the slip's page. */
  forResident: boolean;
}

export interface PhotoRef extends AnyMedia {
  kind: 'photo';
  type: PhotoType;
  width: number;
  height: number;
  thumb: Thumb | null;
}

export interface SoundRef extends AnyMedia {
  kind: 'sound';
  type: SoundType;
  seconds: number;
}

/** A photo or a voice note: the record holds what it is and by whom, the photo store the bytes. */
export type MediaRef = PhotoRef | SoundRef;
