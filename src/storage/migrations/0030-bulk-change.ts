// What a row of bulk work would change, kept from when it was checked: masked, for whoever lets it begin, and by marks to count and find rows by.
export const bulkChange = (): readonly string[] => [
  `ALTER TABLE bulk_rows ADD COLUMN canonical TEXT`,
  `ALTER TABLE bulk_rows ADD COLUMN change TEXT`,
  `ALTER TABLE bulk_rows ADD COLUMN flags TEXT`,
  `ALTER TABLE bulk_rows ADD COLUMN marks TEXT`,
  `CREATE INDEX bulk_rows_by_account ON bulk_rows (job_id, canonical)`,
  `CREATE INDEX bulk_rows_by_marks ON bulk_rows (job_id, marks)`,
];
