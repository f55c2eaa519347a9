export const MAX_SEARCH_LENGTH = 200;

/** What a message can be asked to have. */
export const SEARCH_HAS = ['link', 'file', 'image', 'video', 'audio', 'embed', 'pin'] as const;
export type SearchHas = (typeof SEARCH_HAS)[number];
