/**
 * Photos and voice notes go by their SHA-256, as bytes:
 *
 *     HEAD  /api/photos/<sha>   how far it has come; 404 where nothing of it is here
 *     PATCH /api/photos/<sha>   more bytes, from the offset that is said
 *     GET   /api/photos/<sha>   the bytes, for who follows a space whose record needs them
 *
 * The mutation that needs them goes first. The phone keeps its bytes until that mutation is acknowledged and a later
 * HEAD or PATCH says `Upload-Complete: ?1`.
 */

/** Whose phone brings it, by id: its browser may have been signed in as somebody else meanwhile. Older phones do not say. */
export const UPLOAD_MEMBER = 'upload-member';
/** In a PATCH where its bytes begin, in an answer how many bytes are here. */
export const UPLOAD_OFFSET = 'upload-offset';
/** How many bytes there are in all. */
export const UPLOAD_LENGTH = 'upload-length';
/** `?1` where all is here, verified and kept; `?0` where bytes are missing. */
export const UPLOAD_COMPLETE = 'upload-complete';
