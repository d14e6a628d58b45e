/** PostgreSQL takes notifications of less than 8000 bytes. */
const MAX_BYTES = 7900;

/** `space ver` a line, as many notifications as it takes. */
export function packPokes(pokes: ReadonlyMap<string, number>): string[] {
  const words: string[] = [];
  let word = '';
  for (const [space, ver] of pokes) {
    const line = `${space} ${ver}\n`;
    if (word !== '' && Buffer.byteLength(word) + Buffer.byteLength(line) > MAX_BYTES) {
      words.push(word);
      word = '';
    }
    word += line;
  }
  if (word !== '') words.push(word);
  return words;
}

/** What cannot be read is of another version of the program, or not ours: a hint that is not understood is no loss. */
export function readPokes(payload: string): [space: string, ver: number][] {
  return payload.split('\n').flatMap((line): [string, number][] => {
    const gap = line.lastIndexOf(' ');
    const ver = Number(line.slice(gap + 1));
    return gap > 0 && Number.isSafeInteger(ver) ? [[line.slice(0, gap), ver]] : [];
  });
}
