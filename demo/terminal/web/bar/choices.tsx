// The bar's two kinds of choice: a drop-down, and a row of buttons of which one is pressed.
import { useId } from 'preact/hooks';

interface Props<T extends string> {
  label: string;
  value: T;
  onValue: (value: T) => void;
  children: readonly { value: T; text: string }[];
  /** The label is only for those who hear the page: what is shown speaks for itself. */
  hidden?: boolean;
  busy?: boolean;
}

export function Select<T extends string>({ label, value, onValue, children, hidden = false }: Props<T>) {
  const id = useId();
  return (
    <div class="choice">
      <label class={hidden ? 'unseen' : undefined} for={id}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = children.find((one) => one.value === event.currentTarget.value);
          if (chosen !== undefined) onValue(chosen.value);
        }}
      >
        {children.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Segments<T extends string>({
  label,
  value,
  onValue,
  children,
  busy = false,
}: Omit<Props<T>, 'value'> & { value: T | null }) {
  const id = useId();
  return (
    <div class="choice">
      <span id={id}>{label}</span>
      <div class="segments" role="group" aria-labelledby={id} aria-busy={busy}>
        {children.map((one) => (
          <button key={one.value} type="button" aria-pressed={one.value === value} onClick={() => onValue(one.value)}>
            {one.text}
          </button>
        ))}
      </div>
    </div>
  );
}
