// An earlier version on its way to the editor: kept for the one step between two pages.
let draft: string | null = null;

export const putDraft = (document: string): void => {
  draft = document;
};

/** The draft that was put here, once. */
export function takeDraft(): string | null {
  const taken = draft;
  draft = null;
  return taken;
}
