import words from '../../i18n/zh-CN/resident.json' with { type: 'json' };

/** What the resident's page says. It is Chinese for everyone: residents read it in whatever browser they have. */
export const residentWords = words;
