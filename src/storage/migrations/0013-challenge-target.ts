// A step-up may be for one authenticator: its proof then changes no other.

export const challengeTarget = (): readonly string[] => [`ALTER TABLE challenges ADD COLUMN target TEXT`];
