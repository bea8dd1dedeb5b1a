// Which PINs the first phone refuses to set, and why. Only ever asked when a PIN is chosen, never when one is typed.

export type Weakness = 'length' | 'same' | 'run' | 'account';

/** Why this PIN (canonical ASCII digits) may not be chosen for the account with this number, or null when it may. */
export function weaknessOf(pin: string, accountNumber: string): Weakness | null {
  if (!/^[0-9]{6,20}$/.test(pin)) return 'length';
  const steps = new Set(Array.from(pin.slice(1), (digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10));
  if (steps.size === 1 && steps.has(0)) return 'same';
  // 123456 and 987654, and also 890123: a run goes on after the nine.
  if (steps.size === 1 && (steps.has(1) || steps.has(9))) return 'run';
  const account = accountNumber.normalize('NFKC').replaceAll(/\D/g, '');
  if (account.length >= 4 && pin.includes(account)) return 'account';
  if (account.length > pin.length && account.includes(pin)) return 'account';
  return null;
}
