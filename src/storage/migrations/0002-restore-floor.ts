// A restored store may have forgotten which codes were used: marks of time up to this instant count as spent.

export const restoreFloor = (): readonly string[] => [
  `ALTER TABLE tenants ADD COLUMN spent_floor BIGINT NOT NULL DEFAULT 0`,
];
