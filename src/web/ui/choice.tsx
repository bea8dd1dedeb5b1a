// A list of ways to go on: rows that are buttons, each with an icon, a name, and what it is about.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface Choice {
  readonly key: string;
  readonly icon: IconName;
  readonly name: string;
  readonly text?: ComponentChildren;
  readonly chip?: ComponentChildren;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
}

export function ChoiceList({ choices, label }: { choices: readonly Choice[]; label: string }) {
  return (
    <ul class="choices" aria-label={label}>
      {choices.map(({ key, icon, name, text, chip, disabled = false, onChoose }) => (
        <li key={key}>
          <button
            class="choice"
            type="button"
            aria-disabled={disabled ? 'true' : undefined}
            onClick={() => {
              if (!disabled) onChoose();
            }}
          >
            <Icon name={icon} size={24} />
            <span class="choice-body">
              <span class="choice-name">
                {name} {chip}
              </span>
              {text === undefined ? null : <span class="choice-text">{text}</span>}
            </span>
            <Icon name="next" size={18} />
          </button>
        </li>
      ))}
    </ul>
  );
}
