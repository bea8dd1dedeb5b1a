// How many beyond the limit a cut-over was asked for: what a second operator agrees to is about so many. None of one within it, or asked for before.
export const cutoverAffected = (): readonly string[] => [`ALTER TABLE cutovers ADD COLUMN affected BIGINT`];
