/**
 * Words that carry no meaning of their own in what people say at the door. Longer ones stand first.
 * Taken out of both sides, 我家楼道的灯不亮了 and 楼道灯不亮 become the same.
 */
const FILLERS =
  /我们家里|我们家|我家里|我家的|我家|我们|你们|他们|老是|总是|一直|天天|经常|已经|有点|这个|那个|这里|那里|怎么办|怎么|什么|可以|能不能|可不可以|[的了啊呀呢吧吗嘛哦我你他她它这那就也都很太又还个想要请]/g;

/** Lower case, full-width letters made plain, spaces and punctuation gone. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The plain text without fillers; the text itself where nothing else would be left. */
export function coreText(plain: string): string {
  const core = plain.replace(FILLERS, '');
  return core === '' ? plain : core;
}

/** Single characters and neighbouring pairs, each once. */
export function gramsOf(core: string): Set<string> {
  const characters = [...core];
  const grams = new Set(characters);
  for (let i = 1; i < characters.length; i += 1) grams.add(`${characters[i - 1]}${characters[i]}`);
  return grams;
}
