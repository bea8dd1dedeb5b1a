// How an account's PIN becomes a key is stored with the account: PINs from before went through Argon2id, and null is an account that never had one.

export const kdf = (): readonly string[] => [
  `ALTER TABLE account_pins ADD COLUMN kdf TEXT`,
  `UPDATE account_pins SET kdf = 'argon2id' WHERE epoch > 0`,
];
