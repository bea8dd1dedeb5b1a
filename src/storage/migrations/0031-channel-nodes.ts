// By which channels a running node sends, as of when: nodes may be configured differently, and each accepts what another sends.
export const channelNodes = (): readonly string[] => [
  `CREATE TABLE channel_nodes (channel TEXT PRIMARY KEY, seen_at BIGINT NOT NULL)`,
];
