// The tables as the query builder sees them: those that lists and reports read.

export interface Schema {
  accounts: {
    id: string;
    tenant_id: string;
    canonical: string;
    account: string;
    name: string | null;
    phone: string | null;
    email: string | null;
    cohort: string | null;
    locale: string;
    status: string;
    password_hash: string | null;
    created_at: number;
    revision: number;
  };
  authenticators: {
    account_id: string;
    id: string;
    tenant_id: string;
    type: string;
    status: string;
    params: string;
    sealed_by: string;
    bound_at: number | null;
  };
  client_devices: {
    account_id: string;
    device_id: string;
    id: string;
    name: string;
    client_id: string;
    version: string;
    first_used_at: number;
    last_used_at: number;
    revoked_at: number | null;
  };
  audit_events: {
    seq: number;
    tenant_id: string;
    at: number;
    account_id: string | null;
    event: string;
    actor: string;
    data: string;
  };
  audit_chain: { pos: number; seq: number; hash: string };
  audit_checkpoints: { pos: number; hash: string; at: number; key_id: string; signature: string };
  outbox: {
    id: string;
    tenant_id: string;
    account_id: string;
    channel: string;
    sent_to: string;
    text_sealed: Uint8Array | null;
    sealed_by: string;
    purpose: string;
    status: string;
    attempts: number;
    next_at: number;
    created_at: number;
    expires_at: number;
    sent_at: number | null;
    last_error: string | null;
  };
  tenants: { id: string; name: string; version: number; created_at: number };
  policies: { tenant_id: string; version: number; document: string; created_at: number; actor: string; reason: string };
  api_keys: {
    id: string;
    tenant_id: string;
    name: string;
    hash: string;
    scopes: string;
    client_id: string | null;
    client_version: string | null;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
  };
}
