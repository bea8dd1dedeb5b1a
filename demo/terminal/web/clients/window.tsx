// The frame of a desktop client. A dialog lies over its content, which is inert meanwhile.
import type { ComponentChildren } from 'preact';
import { usePlace } from '../state/place.ts';
import { Tally } from '../ui/icon.tsx';
import { clientName } from '../words/clients.ts';
import { useLocale } from '../words/say.ts';

interface Props {
  look: 'modern' | 'classic';
  tools?: ComponentChildren;
  foot?: ComponentChildren;
  dialog?: ComponentChildren;
  children: ComponentChildren;
}

export function Window({ look, tools, foot, dialog, children }: Props) {
  const locale = useLocale();
  const { client, version } = usePlace();
  const covered = Boolean(dialog);
  return (
    <section class={`window ${look}`} aria-label={clientName(client, locale)}>
      <header class="window-bar">
        <Tally size={18} />
        <h1>{clientName(client, locale)}</h1>
        <span class="soft small digits">{version}</span>
        <svg class="window-buttons" width="60" height="14" viewBox="0 0 60 14" aria-hidden="true" focusable="false">
          <path d="M2 7h9M25 2.500h9v9h-9ZM49 2.500l9 9m0-9l-9 9" />
        </svg>
      </header>
      <div class="window-content" inert={covered}>
        {tools !== undefined && <div class="window-tools">{tools}</div>}
        <div class="window-main">{children}</div>
        {foot !== undefined && <footer class="window-foot">{foot}</footer>}
      </div>
      {dialog}
    </section>
  );
}
