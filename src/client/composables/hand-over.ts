import type { RescueBody } from '../../protocol/rescue-file.ts';
import { rescueText } from '../../sync/rescue.ts';

/** A file with everything that the phone holds of these records, for another phone of the same member. */
export function rescueFile(body: RescueBody): File {
  const day = new Date(body.exportedAt).toISOString().slice(0, 16).replace(/[-:T]/g, '');
  return new File([rescueText(body)], `doorstep-${day}.json`, { type: 'application/json' });
}

/** By the phone's share sheet where it takes files, else as a download; false where the person closed that sheet. */
export async function handOver(file: File): Promise<boolean> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (error) {
      // Closing the share sheet is an answer too.
      if (error instanceof DOMException && error.name === 'AbortError') return false;
    }
  }
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return true;
}
