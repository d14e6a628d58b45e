import { customPinyin, pinyin } from 'pinyin-pro';

// Words of this trade that the library's dictionary reads the wrong way.
customPinyin({
  单亲: 'dān qīn',
  窨井: 'yìn jǐng',
  给排水: 'jǐ pái shuǐ',
  睡不着: 'shuì bù zháo',
  打不着: 'dǎ bù zháo',
  楼长: 'lóu zhǎng',
});

/**
 * Toneless syllables of a text, punctuation and figures left out. The library cuts the text into
 * words first, so 重新 is chong xin and 银行 is yin hang.
 */
export const toPinyin = (text: string): string[] => pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed' });
