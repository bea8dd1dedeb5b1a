// What every binding wizard is given: the calls of a login that asks for a binding, or those of the settings.
import type { ProblemView } from '../api/http.ts';
import type { Given } from '../api/me.ts';
import type { Answer, BindingView, BoundView, EnrolmentState, EnrolmentView } from '../api/views.ts';

export interface BindProps {
  readonly account: string;
  /** Begins a binding; a second call begins anew with a new secret. */
  readonly start: (type: string, given?: Given) => Promise<BindingView>;
  readonly confirm: (id: string, answer: Answer) => Promise<BoundView>;
  readonly onBound: (bound: BoundView) => void;
  readonly onEnded: (problem: ProblemView) => void;
  /** Issues a registration of phones. */
  readonly register: () => Promise<EnrolmentView>;
  /** News of that registration until the returned function is called; `onBound` once a phone is ready. */
  readonly watchRegistration: (onState: (state: EnrolmentState) => void, onBound: () => void) => () => void;
}
