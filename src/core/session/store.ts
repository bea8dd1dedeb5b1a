// The read side of visits and sessions, by the hash of the token a browser holds. What ended or ran out is not found.
import type { SessionSnapshot, VisitSnapshot } from './session.ts';

export interface Sessions {
  visit(tenantId: string, hash: string): Promise<VisitSnapshot | undefined>;
  session(tenantId: string, hash: string): Promise<SessionSnapshot | undefined>;
}
