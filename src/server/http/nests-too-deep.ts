/** No message of ours nests half as deep. */
const DEEPEST = 32;

const [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"[]{}');

/** Looks at the brackets of a text in JSON alone; whether it is one, the parser says. */
export function nestsTooDeep(text: string): boolean {
  // A push of one mutation has eight: they are counted in a tenth of the time that it takes to look at each character.
  if (countOf(text, '{') + countOf(text, '[') <= DEEPEST) return false;
  let depth = 0;
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    if (code === QUOTE) n = endOfString(text, n + 1);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

/** How often it stands there, as far as that matters. */
function countOf(text: string, bracket: string): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at >= 0 && count <= DEEPEST; at = text.indexOf(bracket, at + 1)) count += 1;
  return count;
}

/** Where the string ends that begins there: at the next quote that is not escaped. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (before > start && text[before - 1] === '\\') before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}
