// Waiting for a phone's answer to a scan or a push: news of the open login, then the browser redeems it, once (SCN-03).
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ProblemView, problem, problemOf } from '../api/http.ts';
import { useCalls } from '../api/tenant.tsx';
import type { ApprovalState, LoginView } from '../api/views.ts';
import { isFinal, type ScreenProps } from './screen.ts';

export interface Approval {
  /** How far the phone got with the one asked for; undefined before any news. */
  readonly state: ApprovalState | undefined;
  readonly problem: ProblemView | null;
}

/** Watches while `id` (of a scan or push) is set. */
export function useApproval(
  id: string | undefined,
  onVerified: ScreenProps['onVerified'],
  onEnded: ScreenProps['onEnded'],
): Approval {
  const calls = useCalls();
  const [state, setState] = useState<ApprovalState>();
  const [failed, setFailed] = useState<ProblemView | null>(null);
  const redeemed = useRef(false);
  useEffect(() => {
    setState(undefined);
    if (id === undefined) return;
    const redeem = async (): Promise<void> => {
      if (redeemed.current) return;
      redeemed.current = true;
      try {
        const verified = await calls.finish();
        onVerified({ ...verified, trust: verified.trust ?? false });
      } catch (error) {
        redeemed.current = false;
        const found = problemOf(error);
        if (isFinal(found)) onEnded(found);
        else setFailed(found);
      }
    };
    const onNews = (login: LoginView): void => {
      if (login.status === 'expired') onEnded(problem('expired'));
      if (login.status === 'refused') onEnded(problem('closed'));
      const { approval } = login;
      if (approval === undefined || approval.id !== id) return;
      setState(approval);
      if (approval.status === 'denied') onEnded(problem('approval-denied'));
      if (approval.status === 'approved') void redeem();
    };
    return calls.watchLogin(onNews, (refused) => {
      if (isFinal(refused.problem)) onEnded(refused.problem);
      else setFailed(refused.problem);
    });
  }, [id]);
  return { state, problem: failed };
}
