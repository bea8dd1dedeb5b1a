// Line icons, 24 × 24, drawn here. Decorative: what they mean is always also said in words.
const PATHS = {
  qr: 'M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h2.500v2.500H14ZM18.500 14H20M20 17v3h-3.500M14 20v-1',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  check: 'M5 12.500l4.500 4.500L19 7',
  shield:
    'M12 3l7.500 3v5.500c0 4.600-3.200 8-7.500 9.500-4.300-1.500-7.500-4.900-7.500-9.500V6ZM8.500 12l2.500 2.500 4.500-5',
  message: 'M4 5h16v11H9.500L5 20v-4H4ZM8 9h8M8 12h5',
  key: 'M14.500 9.500a4.500 4.500 0 1 0-4.200 4.490L12 15.500h2V18h2.500v2.500H20v-3.200l-5.900-5.900ZM9.500 9.500h.010',
  alert: 'M12 4l9 16H3ZM12 10v4.500M12 17.300v.010',
  info: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 11v5.500M12 7.700v.010',
  lock: 'M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  copy: 'M9 9h11v11H9ZM15 9V4H4v11h5',
  phone: 'M7.500 3h9v18h-9ZM11 18h2',
  people:
    'M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM3 19.500c.500-3.500 3-5 6-5s5.500 1.500 6 5M16 5a3.300 3.300 0 0 1 0 6.300M17.500 14.800c2 .600 3.200 2.200 3.500 4.700',
  chart: 'M4 4v16h16M7 15l4-5 3.500 3L20 6.500',
  list: 'M9 6h11M9 12h11M9 18h11M4.500 6h.010M4.500 12h.010M4.500 18h.010',
  order: 'M6 3.500h12v17l-3-2-3 2-3-2-3 2ZM9 8.500h6M9 12.500h6',
  exit: 'M14 4H5v16h9M10 12h10M16.500 8.500L20 12l-3.500 3.500',
  plus: 'M12 5v14M5 12h14',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14',
  eye: 'M3 12c2-4 5-6 9-6s7 2 9 6c-2 4-5 6-9 6s-7-2-9-6ZM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 5.500l10 6.500-10 6.500Z',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Hufu's sign: the two halves of a tiger tally. */
export function Tally({ size = 24 }: { size?: number }) {
  return (
    <svg class="tally" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" class="tally-back" />
      <path
        class="tally-left"
        d="M15 6.500C9.500 7 6.500 11 6.500 16s3 9 8.500 9.500v-5l-2.200-2.200L15 16l-2.200-2.300L15 11.500Z"
      />
      <path
        class="tally-right"
        d="M17 6.500c5.500.500 8.500 4.500 8.500 9.500s-3 9-8.500 9.500v-5l2.200-2.200L17 16l2.200-2.300L17 11.500Z"
      />
    </svg>
  );
}
