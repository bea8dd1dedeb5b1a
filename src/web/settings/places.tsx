// A list of places to go to: rows that are links, each with an icon, a name, what is there, and its state.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../ui/icon.tsx';
import { hrefOf, type Route } from './route.ts';

export interface Place {
  readonly to: Route;
  readonly icon: IconName;
  readonly name: string;
  readonly text: string;
  readonly state?: ComponentChildren;
}

export function Places({ places }: { places: readonly Place[] }) {
  return (
    <ul class="places panel">
      {places.map(({ to, icon, name, text, state }) => (
        <li key={to}>
          <a class="place" href={hrefOf(to)}>
            <Icon name={icon} size={24} />
            <span class="place-body">
              <span class="place-name">{name}</span>
              <span class="place-text">{text}</span>
            </span>
            {state}
            <Icon name="next" size={18} />
          </a>
        </li>
      ))}
    </ul>
  );
}
