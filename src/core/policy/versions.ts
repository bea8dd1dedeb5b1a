// Every version of a tenant's policy, as a port (OP-2.2).

export interface PolicyVersion {
  readonly version: number;
  /** ms. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
}

export interface PolicyVersions {
  /** Newest first, those below `below`. */
  list(tenantId: string, below: number, limit: number): Promise<readonly PolicyVersion[]>;
  /** A version with its document; undefined when there is none. */
  get(tenantId: string, version: number): Promise<(PolicyVersion & { readonly document: string }) | undefined>;
}
