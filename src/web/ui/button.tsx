// A button that says what it does, and that it is busy.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  children?: ComponentChildren;
  look?: 'main' | 'quiet' | 'danger' | 'link' | 'link grave';
  icon?: IconName | undefined;
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  type?: 'button' | 'submit';
  wide?: boolean;
  onClick?: () => void;
  /** When the visible words do not say enough by themselves; it begins with them. */
  label?: string | undefined;
  describedBy?: string | undefined;
}

/** While busy or disabled a button stays focusable and keeps its place; it only stops answering. */
export function Button(props: Props) {
  const { children, look = 'quiet', icon, busy = false, disabled = false, type = 'button', wide, onClick } = props;
  const off = busy || disabled;
  return (
    <button
      class={`button ${look}${wide === true ? ' wide' : ''}`}
      type={type}
      aria-disabled={off ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon === undefined ? null : <Icon name={icon} size={18} />}
      {children}
    </button>
  );
}

/** A button that is only an icon; its words are for those who hear the page, and for the pointer's hint. */
export function IconButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button class="icon-button" type="button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
