// A tenant's own mark: its logo, or the first letter of its name in its colour.
export function BrandMark({ name, logo }: { name: string; logo?: string | undefined }) {
  return (
    <span class="brand">
      {logo === undefined ? (
        <span class="brand-letter" aria-hidden="true">
          {String.fromCodePoint(name.codePointAt(0) ?? 0x20)}
        </span>
      ) : (
        <img src={logo} alt="" height="36" />
      )}
      <span class="brand-name">{name}</span>
    </span>
  );
}
