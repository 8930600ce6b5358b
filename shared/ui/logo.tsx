/** The product's mark: a stair that climbs to the light. logo.svg is the same for icons and pages without React. */

interface LogoMarkProps {
  /** Edge in px. */
  readonly size?: number;
}

/** The mark alone. Decoration: a name stands beside it. */
export function LogoMark({ size = 24 }: LogoMarkProps) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} style={{ flex: 'none', display: 'block' }} aria-hidden="true">
      <rect width="24" height="24" rx="5.5" fill="var(--tp-accent, #2f6b4f)" />
      <path
        d="M4 19.2h4.3v-4.3h4.2v-4.3h4.2V6.3H20"
        fill="none"
        stroke="#ffffff"
        strokeWidth="2.1"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="7.8" cy="7.6" r="2" fill="#ffffff" />
    </svg>
  );
}

interface LogoProps {
  /** Height of the mark in px. */
  readonly size?: number;
  /** The company's name instead of the product's. */
  readonly name?: string;
}

/** Mark and wordmark. */
export function Logo({ size = 24, name = 'Treppenhaus' }: LogoProps) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: size * 0.4, minWidth: 0 }}>
      <LogoMark size={size} />
      <span
        style={{
          fontSize: size * 0.72,
          fontWeight: 650,
          letterSpacing: '-0.015em',
          lineHeight: 1.2,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {name}
      </span>
    </span>
  );
}
