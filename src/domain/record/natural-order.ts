/** 2幢 before 10幢: figures padded, so that text order is the order of their values. */
export const naturalOrder = (name: string): string => name.replace(/\d+/g, (figures) => figures.padStart(6, '0'));
