// Notices: a plain hint, a success, a warning, a problem. Problems and successes are announced.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Tone = 'info' | 'good' | 'warn' | 'bad';
const ICONS: Record<Tone, IconName> = { info: 'info', good: 'check', warn: 'alert', bad: 'alert' };
const ROLES = { info: undefined, good: 'status', warn: undefined, bad: 'alert' } as const;

interface NoticeProps {
  tone?: Tone;
  title?: string | undefined;
  children?: ComponentChildren;
}

export function Notice({ tone = 'info', title, children }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={ROLES[tone]}>
      <Icon name={ICONS[tone]} size={18} />
      <div>
        {title === undefined ? null : <strong>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
    </div>
  );
}

interface ChipProps {
  tone?: 'plain' | 'good' | 'warn' | 'bad';
  children: ComponentChildren;
}

/** A small word in a pill: a state. */
export const Chip = ({ tone = 'plain', children }: ChipProps) => <span class={`chip ${tone}`}>{children}</span>;

/** Something is being fetched: quiet bars where it will be, and a word for those who hear the page. */
export function Loading({ label, lines = 3 }: { label: string; lines?: number }) {
  return (
    <div class="loading" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
