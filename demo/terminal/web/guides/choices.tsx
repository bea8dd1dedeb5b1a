// One question with a few answers, as native radio buttons drawn as cards: arrow keys and screen readers work by themselves.
export interface Option<T extends string> {
  readonly id: T;
  readonly name: string;
  readonly note: string;
  readonly badge?: string | undefined;
}
interface ChoicesProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChoose: (id: T) => void;
}

export function Choices<T extends string>({ legend, name, value, options, onChoose }: ChoicesProps<T>) {
  return (
    <fieldset class="guide-choices">
      <legend>{legend}</legend>
      <div class="guide-choices-row">
        {options.map((option) => (
          <label key={option.id} class="guide-choice">
            <input
              type="radio"
              name={name}
              value={option.id}
              checked={option.id === value}
              onChange={() => onChoose(option.id)}
            />
            <span class="guide-choice-name">
              {option.name}
              {option.badge === undefined ? null : <span class="guide-choice-badge">{option.badge}</span>}
            </span>
            <span class="guide-choice-note">{option.note}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
