// Signing in, before anything else is shown.
import { Loading } from '../parts/states.tsx';

export interface SignInProps {
  readonly onDone: () => void;
}

export function SignIn(_: SignInProps) {
  return <Loading />;
}
