// An earlier version on its way to the editor: kept for the one step between two pages.
let draft: string | null = null;

export const putDraft = (document: string): void => {
  draft = document;
};

/** The draft that was put here. Looked at while a page is drawn, which may happen more than once before it is shown: dropped once it is. */
export const draftPut = (): string | null => draft;

export const dropDraft = (): void => {
  draft = null;
};
