/** What makes two sign-in names one: case, width and the way a keyboard composed them do not count. */
export const signInKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase();
