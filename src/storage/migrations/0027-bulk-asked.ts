// Since when bulk work waits for a second operator: it does so for as long as a case does.
export const bulkAsked = (): readonly string[] => [`ALTER TABLE bulk_jobs ADD COLUMN asked_at BIGINT`];
