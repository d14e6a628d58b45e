/** 王小明 → 王**: the first character, and as many stars as follow. */
export function maskName(name: string): string {
  const [first, ...rest] = [...name.trim()];
  return first === undefined ? '' : first + '*'.repeat(Math.min(Math.max(rest.length, 1), 4));
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** 13800001234 → 138****1234; of a shorter number no more than the last two digits. */
export function maskPhone(phone: string): string {
  const digits = digitsOf(phone);
  if (digits.length < 7) return '*'.repeat(Math.max(digits.length - 2, 0)) + digits.slice(-2);
  const head = digits.length >= 11 ? 3 : 0;
  return digits.slice(0, head) + '*'.repeat(digits.length - head - 4) + digits.slice(-4);
}

/** The four digits that open a slip; fewer where the number has fewer. */
export const lastFour = (phone: string): string => digitsOf(phone).slice(-4);

/** A field of a contact as the grid's list may show it. */
export function maskField(field: string, value: string): string {
  if (value === '') return '';
  if (field === 'name') return maskName(value);
  return field === 'phone' ? maskPhone(value) : '****';
}
