import type { Waiting } from '../../../sync/engine-api.ts';

/** A file with everything that the phone holds of these records, for a coordinator who types them in or imports them. */
export function exportRows(entries: readonly Waiting[], now: number): File {
  const content = {
    format: 'doorstep-records',
    version: 1,
    exportedAt: new Date(now).toISOString(),
    records: entries.map(({ row, state, receipt }) => ({ ...row, state, receipt })),
  };
  const day = new Date(now).toISOString().slice(0, 16).replace(/[-:T]/g, '');
  return new File([JSON.stringify(content, null, 2)], `doorstep-${day}.json`, { type: 'application/json' });
}

/** By the phone's share sheet where it takes files, else as a download. */
export async function handOver(file: File): Promise<void> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return;
    } catch (error) {
      // Closing the share sheet is an answer too.
      if (error instanceof DOMException && error.name === 'AbortError') return;
    }
  }
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
