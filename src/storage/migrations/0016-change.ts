// A binding that takes another's place: the old one goes in the same commit that completes the new one (CM-4.2).

export const change = (): readonly string[] => [`ALTER TABLE authenticators ADD COLUMN replaces TEXT`];
