// Notes: a plain hint, a success, a warning, a problem. Problems are announced.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Record<Tone, IconName> = { info: 'info', good: 'check', warn: 'alert', bad: 'alert' };
type Tone = 'info' | 'good' | 'warn' | 'bad';

export function Note({
  tone = 'info',
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class={`note ${tone}`} role={tone === 'bad' ? 'alert' : tone === 'good' ? 'status' : undefined}>
      <Icon name={ICONS[tone]} size={18} />
      <div>
        {title === undefined ? null : <strong>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
    </div>
  );
}

/** A small word in a pill: a state. */
export function Chip({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'good' | 'warn' | 'bad';
  children: ComponentChildren;
}) {
  return <span class={`chip ${tone}`}>{children}</span>;
}

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
