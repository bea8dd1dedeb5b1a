// The bar at the top of a screen: the way back, what the screen is, and what else it offers.
import type { ComponentChildren } from 'preact';
import { IconButton } from '../../ui/button.tsx';
import { useTitle } from '../../ui/page.ts';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import { go, HOME, type Route } from '../state/route.ts';
import { APP } from '../words/app.ts';

interface Props {
  title: string;
  /** Where back leads. */
  back?: Route;
  children?: ComponentChildren;
}

export function TopBar({ title, back = HOME, children }: Props) {
  const w = useSay(COMMON);
  const app = useSay(APP);
  useTitle(title, app('name'));
  return (
    <header class="top">
      <IconButton icon="back" label={w('back')} onClick={() => go(back)} />
      <h1 tabIndex={-1} data-step-heading>
        {title}
      </h1>
      <span class="top-end">{children}</span>
    </header>
  );
}
