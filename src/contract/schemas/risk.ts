// What speaks for a second look, as replies name it.
import { z } from 'zod';

export const riskFlag = () =>
  z.enum([
    'contact-changed',
    'password-changed',
    'third-reset',
    'new-place',
    'new-device',
    'vetoed-lately',
    'caller-check-failed',
    'caller-not-verified',
    'phase-changes',
    'over-limit',
    'many-accounts',
    'already-bound',
  ]);
export const riskFlags = () => z.array(riskFlag()).meta({ description: 'What speaks for a second look' });
