// A make-believe QR code and the small icon the clients show for one.

/** Looks like a QR, says nothing: three finders and a fixed scatter. `size` is its side. */
export function Qr({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 25})`}>
      <rect class="pic-paper" width="25" height="25" rx="1.5" />
      <path class="pic-print" d={SCATTER} />
      {[
        [2, 2],
        [16, 2],
        [2, 16],
      ].map(([fx, fy]) => (
        <g key={`${fx} ${fy}`} transform={`translate(${fx} ${fy})`}>
          <path class="pic-print" d="M0 0h7v7H0ZM1 1v5h5V1Z" fill-rule="evenodd" />
          <rect class="pic-print" x="2" y="2" width="3" height="3" />
        </g>
      ))}
    </g>
  );
}

const SCATTER = scatter();
function scatter(): string {
  let seed = 29;
  let path = '';
  for (let row = 0; row < 21; row++) {
    for (let column = 0; column < 21; column++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const inFinder = (row < 8 && (column < 8 || column > 12)) || (row > 12 && column < 8);
      if (!inFinder && seed % 97 < 46) path += `M${column + 2} ${row + 2}h1v1h-1Z`;
    }
  }
  return path;
}

/** The small QR icon the clients show. Its middle is at x, y. */
export function QrIcon({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x - 7} ${y - 7})`}>
      <path class="pic-stroke" d="M.75.75h4.500v4.500H.75ZM8.75.75h4.500v4.500h-4.500ZM.75 8.750h4.500v4.500H.75Z" />
      <path class="pic-inkfill" d="M8 8h2v2H8ZM12 8h2v2h-2ZM10 10h2v2h-2ZM8 12h2v2H8ZM12 12h2v2h-2Z" />
    </g>
  );
}
