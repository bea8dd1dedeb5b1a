// Which PINs the first phone refuses to set, and why. Only ever asked when a PIN is chosen, never when one is typed.
// Digits come as bytes, not as text: text cannot be wiped.

export type Weakness = 'length' | 'same' | 'run' | 'account';

/** Fewest and most digits of a PIN. */
export const PIN_DIGITS = { min: 6, max: 20 } as const;

const zero = 48;

/** Why this PIN (ASCII digits) may not be chosen for the account with this number, or null when it may. */
export function weaknessOf(pin: Uint8Array, accountNumber: string): Weakness | null {
  const { min, max } = PIN_DIGITS;
  if (pin.length < min || pin.length > max || pin.some((one) => one < zero || one > zero + 9)) return 'length';
  const steps = new Set(Array.from(pin.subarray(1), (digit, at) => (digit - (pin[at] ?? 0) + 10) % 10));
  if (steps.size === 1 && steps.has(0)) return 'same';
  // 123456 and 987654, and also 890123: a run goes on after the nine.
  if (steps.size === 1 && (steps.has(1) || steps.has(9))) return 'run';
  const account = new TextEncoder().encode(accountNumber.normalize('NFKC').replaceAll(/\D/g, ''));
  return (account.length >= 4 && holds(pin, account)) || (account.length > pin.length && holds(account, pin))
    ? 'account'
    : null;
}

function holds(whole: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= whole.length; at++)
    if (part.every((byte, number) => whole[at + number] === byte)) return true;
  return false;
}
