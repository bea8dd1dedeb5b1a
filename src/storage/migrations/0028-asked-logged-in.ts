// Which registrations rest on a login and on nothing that was sent to their owner: they end with the account's first method (ENR-09).
export const askedLoggedIn = (): readonly string[] => [
  `ALTER TABLE tickets ADD COLUMN on_login BIGINT NOT NULL DEFAULT 0`,
];
