export type Encoding = 'br' | 'gzip';

export function acceptsEncoding(header: string | undefined, encoding: Encoding | 'zstd'): boolean {
  const entries = (header ?? '').split(',').map((entry) => entry.replaceAll(' ', ''));
  return entries.some(
    (entry) => entry === encoding || (entry.startsWith(`${encoding};`) && !/;q=0(\.0*)?$/.test(entry)),
  );
}

/** The better of the encodings that a request accepts; null where it accepts none of ours. */
export const acceptedEncoding = (header: string | undefined): Encoding | null =>
  (['br', 'gzip'] as const).find((encoding) => acceptsEncoding(header, encoding)) ?? null;
