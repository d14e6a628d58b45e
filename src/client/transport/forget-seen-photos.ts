/** Whether the browser let go of the photos that it keeps: it does so before it hands on the answer. */
export async function forgetSeenPhotos(send: typeof fetch = fetch.bind(globalThis)): Promise<boolean> {
  try {
    const answer = await send('/api/seen-photos', { method: 'DELETE', credentials: 'same-origin' });
    // A portal answers with a page of its own.
    return answer.status === 204;
  } catch {
    return false;
  }
}
