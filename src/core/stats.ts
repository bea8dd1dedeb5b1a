// The figures a monitor reads of a tenant. Counts only: no account is ever a label.

export interface TenantStats {
  readonly tenant: string;
  readonly started: number;
  readonly satisfied: number;
  readonly bySms: number;
  readonly rejected: number;
  readonly refused: number;
  readonly cohorts: readonly { readonly cohort: string; readonly accounts: number; readonly bound: number }[];
}
