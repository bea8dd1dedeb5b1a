// The pieces every drawing is made of: a phone, a client window, rows, buttons, a tapping finger.
// All colour comes from classes (pictures.css), all size from attributes, so the drawings obey a CSP without inline styles.
import type { ComponentChildren } from 'preact';
import { type Locale, say } from '../../words/say.ts';
import { LABELS, type LabelKey, type PictureName, TITLES } from './words.ts';

export interface Scene {
  /** A label of the drawing in the reader's language. */
  readonly t: (key: LabelKey) => string;
  readonly locale: Locale;
}
export const sceneIn = (locale: Locale): Scene => ({ locale, t: (key) => say(LABELS[key], locale) });

export type Tone = 'ink' | 'soft' | 'accent' | 'on' | 'mark' | 'good';

/** The frame of one drawing, named for those who hear it. 320 × 224 units; what sticks out is cut off. */
export function Picture({
  name,
  locale,
  children,
}: {
  name: PictureName;
  locale: Locale;
  children: ComponentChildren;
}) {
  return (
    <svg class="pic" viewBox="0 0 320 224" role="img" xmlns="http://www.w3.org/2000/svg">
      <title>{say(TITLES[name], locale)}</title>
      <rect class="pic-back" width="320" height="224" />
      <path class="pic-glow" d="M0 176C60 128 96 196 160 160S264 84 320 120V224H0Z" />
      {children}
    </svg>
  );
}

interface TextProps {
  x: number;
  y: number;
  size?: number;
  tone?: Tone;
  bold?: boolean;
  at?: 'start' | 'middle' | 'end';
  mono?: boolean;
  children: ComponentChildren;
}
export function T({ x, y, size = 10.5, tone = 'ink', bold = false, at = 'start', mono = false, children }: TextProps) {
  return (
    <text
      class={`pic-${tone}${mono ? ' pic-mono' : ''}`}
      x={x}
      y={y}
      font-size={size}
      font-weight={bold ? 650 : 450}
      text-anchor={at}
    >
      {children}
    </text>
  );
}

/** A phone whose foot runs out of the picture. Children draw in its screen: 148 wide, from 0,0. */
export function Phone({
  x,
  y = 18,
  bar,
  children,
}: {
  x: number;
  y?: number;
  bar?: string;
  children: ComponentChildren;
}) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect class="pic-shade" x="4" y="6" width="160" height="300" rx="24" />
      <rect class="pic-case" width="160" height="300" rx="24" />
      <rect class="pic-screen" x="6" y="6" width="148" height="288" rx="19" />
      <rect class="pic-case" x="62" y="11" width="36" height="6" rx="3" />
      <g transform="translate(6 6)">
        {bar === undefined ? null : (
          <>
            <T x={74} y={32} size={11.5} bold at="middle">
              {bar}
            </T>
            <path class="pic-hair" d="M0 41H148" />
          </>
        )}
        {children}
      </g>
    </g>
  );
}

/** A client window on a computer. Children draw below the title bar, from 0,0. */
export function Win(p: { x: number; y: number; w: number; h: number; title: string; children: ComponentChildren }) {
  return (
    <g transform={`translate(${p.x} ${p.y})`}>
      <rect class="pic-shade" x="4" y="6" width={p.w} height={p.h} rx="9" />
      <rect class="pic-screen pic-edge" width={p.w} height={p.h} rx="9" />
      <path class="pic-bar" d={`M0 9a9 9 0 0 1 9-9H${p.w - 9}a9 9 0 0 1 9 9V23H0Z`} />
      <rect class="pic-accentfill" x="9" y="7" width="9" height="9" rx="2.5" />
      <T x={24} y={15.5} size={10.5} bold>
        {p.title}
      </T>
      <path class="pic-stroke" d={`M${p.w - 18} 8l7 7m0-7l-7 7`} />
      <g transform="translate(0 23)">{p.children}</g>
    </g>
  );
}

interface Box {
  x: number;
  y: number;
  w: number;
  h?: number;
}
export function Button({
  x,
  y,
  w,
  h = 22,
  quiet = false,
  children,
}: Box & { quiet?: boolean; children: ComponentChildren }) {
  return (
    <g>
      <rect class={quiet ? 'pic-tint' : 'pic-accentfill'} x={x} y={y} width={w} height={h} rx={Math.min(h / 2, 7)} />
      <T x={x + w / 2} y={y + h / 2 + 3.8} size={10.5} bold at="middle" tone={quiet ? 'accent' : 'on'}>
        {children}
      </T>
    </g>
  );
}

/** A labelled field, filled with text or dots; `lit` draws it focused. */
export function Field(p: Box & { label?: string; text?: string; dots?: number; lit?: boolean; mono?: boolean }) {
  const h = p.h ?? 22;
  return (
    <g>
      {p.label === undefined ? null : (
        <T x={p.x} y={p.y - 4} size={9.5} tone="soft">
          {p.label}
        </T>
      )}
      <rect class={p.lit ? 'pic-field pic-lit' : 'pic-field'} x={p.x} y={p.y} width={p.w} height={h} rx="5" />
      {p.text === undefined ? null : (
        <T x={p.x + 8} y={p.y + h / 2 + 4} size={11} mono={p.mono ?? true}>
          {p.text}
        </T>
      )}
      {Array.from({ length: p.dots ?? 0 }, (_, i) => (
        <circle key={i} class="pic-inkfill" cx={p.x + 11 + i * 8} cy={p.y + h / 2} r="2.4" />
      ))}
    </g>
  );
}

/** Where to look and press: a ring round a spot, or a halo round a box. */
export function Ring({ x, y, r }: { x: number; y: number; r: number }) {
  return (
    <>
      <circle class="pic-haze" cx={x} cy={y} r={r + 4} />
      <circle class="pic-ring" cx={x} cy={y} r={r} />
    </>
  );
}
export function Halo({ x, y, w, h = 22 }: Box) {
  return <rect class="pic-ring" x={x - 4} y={y - 4} width={w + 8} height={h + 8} rx="10" />;
}

/** A fingertip (phones) or a pointer (computers), its tip at x, y. */
export function Finger({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path class="pic-hand" d="M-6 3a6 6 0 0 1 12 0V15l9 3c5 1.7 7 4 6 9l-3 17H-4L-13 27c-2-4 2-7 5-5l2 2Z" />
    </g>
  );
}
export function Pointer({ x, y }: { x: number; y: number }) {
  return <path class="pic-hand" transform={`translate(${x} ${y})`} d="M0 0l15 6.2-6.3 2.500L6.2 15Z" />;
}

/** An arrow from one thing to the next, bending as drawn. */
export function Arrow({ d, tip }: { d: string; tip: string }) {
  return (
    <>
      <path class="pic-arrow" d={d} />
      <path class="pic-arrow" d={tip} />
    </>
  );
}

/** A shield, the sign of any authenticator. Its box is `size` wide. */
export function Shield({ x, y, size, tick = false }: { x: number; y: number; size: number; tick?: boolean }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 24})`}>
      <path class="pic-accentfill" d="M12 1l9 3.500v7c0 5.5-3.8 9.7-9 11.5-5.2-1.8-9-6-9-11.500v-7Z" />
      {tick ? (
        <path class="pic-tick" d="M7.5 12l3.2 3.2 6-6.4" />
      ) : (
        <circle class="pic-onfill" cx="12" cy="11" r="3.2" />
      )}
    </g>
  );
}

/** A six-digit code and the time it has left, as a pie. */
export function Code({
  x,
  y,
  size = 22,
  children = '344 815',
}: {
  x: number;
  y: number;
  size?: number;
  children?: string;
}) {
  return (
    <T x={x} y={y} size={size} bold tone="accent">
      {children}
    </T>
  );
}
export function Countdown({ x, y, r = 9 }: { x: number; y: number; r?: number }) {
  return (
    <g>
      <circle class="pic-track" cx={x} cy={y} r={r} />
      <path class="pic-left" d={`M${x} ${y - r}A${r} ${r} 0 1 1 ${x - r} ${y}`} />
      <T x={x} y={y + 3.2} size={8.5} bold at="middle" tone="soft">
        22
      </T>
    </g>
  );
}
