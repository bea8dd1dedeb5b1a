// Hufu's sign: a tiger tally (虎符), two halves that fit. Drawn here; the same drawing is public/icon.svg.
export function Mark({ size = 40 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" class="mark-back" />
      <path
        class="mark-left"
        d="M15 6.500C9.500 7 6.500 11 6.500 16s3 9 8.500 9.500v-5l-2.200-2.200L15 16l-2.200-2.300L15 11.500Z"
      />
      <path
        class="mark-right"
        d="M17 6.500c5.500.500 8.500 4.500 8.500 9.500s-3 9-8.500 9.500v-5l2.200-2.200L17 16l2.200-2.300L17 11.500Z"
      />
    </svg>
  );
}
