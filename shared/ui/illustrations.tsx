import type { ReactNode } from 'react';

/**
 * Line drawings of things in a stairwell, in the accent colour. Decorative: the text beside them says everything.
 * Fills come from the theme, so that they work in both schemes and with a company's own accent.
 */

const tint = 'var(--tp-accent-tint)';
const sheet = 'var(--tp-raised)';

function Lines({ x, y, widths, gap = 6 }: { x: number; y: number; widths: readonly number[]; gap?: number }) {
  return (
    <path
      opacity={0.55}
      d={widths.map((width, index) => `M${x} ${y + index * gap}h${width}`).join('')}
      strokeWidth={1.5}
    />
  );
}

const drawings = {
  'notice-board': (
    <>
      <path d="M80 8 46 22M80 8l34 14" opacity={0.6} />
      <circle cx="80" cy="8" r="2.5" fill="currentColor" stroke="none" />
      <rect x="22" y="22" width="116" height="78" rx="5" fill={tint} />
      <rect x="28" y="28" width="104" height="66" rx="2" opacity={0.4} />
      <g transform="rotate(-3 54 60)">
        <rect x="37" y="37" width="34" height="46" rx="2" fill={sheet} />
        <Lines x={43} y={50} widths={[22, 18, 22, 12]} />
        <circle cx="54" cy="40" r="2.5" fill="currentColor" stroke="none" />
      </g>
      <g transform="rotate(2 102 48)">
        <rect x="81" y="35" width="43" height="26" rx="2" fill={sheet} />
        <Lines x={87} y={46} widths={[30, 20]} />
        <circle cx="102" cy="38" r="2.5" fill="currentColor" stroke="none" />
      </g>
      <path d="M84 70h28v18H84z" strokeDasharray="3 4" opacity={0.7} />
    </>
  ),
  'door-bell': (
    <>
      <rect x="46" y="8" width="68" height="104" rx="6" fill={tint} />
      <path d="M66 20h28M66 25h28M66 30h28" opacity={0.55} strokeWidth={1.5} />
      {[42, 59, 76, 93].map((y) => (
        <g key={y}>
          <rect x="55" y={y} width="34" height="11" rx="2" fill={sheet} />
          <circle cx="101" cy={y + 5.5} r="4.5" fill={y === 59 ? 'currentColor' : sheet} />
        </g>
      ))}
      <Lines x={60} y={47.5} widths={[20]} />
      <Lines x={60} y={64.5} widths={[24]} />
      <Lines x={60} y={81.5} widths={[16]} />
      <path d="M110 57a11 11 0 0 1 0 15M116 53a17 17 0 0 1 0 23" transform="translate(2 0)" strokeWidth={1.5} />
    </>
  ),
  'letter-box': (
    <>
      <rect x="22" y="22" width="116" height="80" rx="5" fill={tint} />
      {[28, 65, 102].map((x) =>
        [28, 65].map((y) => (
          <g key={`${x}-${y}`}>
            <rect x={x} y={y} width="30" height="31" rx="2" fill={sheet} />
            <path d={`M${x + 6} ${y + 9}h18`} strokeWidth={2.5} />
            <circle cx={x + 15} cy={y + 22} r="1.8" />
          </g>
        )),
      )}
      <g transform="rotate(-6 80 30)">
        <rect x="68" y="14" width="25" height="22" rx="1.5" fill={sheet} />
        <path d="m68 15 12.5 9L93 15" />
      </g>
      <path d="M71 37h18" strokeWidth={2.5} />
    </>
  ),
  stairwell: (
    <>
      <path d="M14 106h30V92h24V78h24V64h24V50h30v56z" fill={tint} stroke="none" />
      <path d="M14 106h30V92h24V78h24V64h24V50h30" />
      <path d="M44 92V66M56 92V59M68 78V52M80 78V45M92 64V38M104 64V31M116 50V24" opacity={0.55} strokeWidth={1.5} />
      <path d="M40 68 118 22h28" />
      <path d="M40 106V62" />
      <circle cx="40" cy="59" r="3.5" fill={sheet} />
      <path d="M26 10v12" opacity={0.6} />
      <path d="M18 32a8 8 0 0 1 16 0z" fill={sheet} />
      <path d="M22 38l-3 5M26 39v6M30 38l3 5" opacity={0.55} strokeWidth={1.5} />
      <path d="M8 106h144" />
    </>
  ),
  key: (
    <>
      <path d="M40 112h80" />
      <path d="M50 112V12h60v100" fill={tint} />
      <rect x="57" y="19" width="46" height="93" rx="1" fill={sheet} />
      <rect x="64" y="27" width="32" height="28" rx="1" opacity={0.55} />
      <rect x="64" y="72" width="32" height="30" rx="1" opacity={0.55} />
      <circle cx="95" cy="63" r="2.6" fill="currentColor" />
      <path d="M95 66v8" />
      <circle cx="95" cy="81" r="6.5" fill={tint} />
      <path d="M95 88v17M95 97h5M95 103h4" />
    </>
  ),
  documents: (
    <>
      <g transform="rotate(-5 70 50)">
        <rect x="50" y="14" width="44" height="60" rx="2" fill={sheet} />
        <Lines x={57} y={25} widths={[28, 20, 28]} />
      </g>
      <g transform="rotate(6 94 50)">
        <rect x="74" y="16" width="44" height="60" rx="2" fill={sheet} />
        <Lines x={81} y={28} widths={[28, 28, 16]} />
      </g>
      <path d="M26 46a4 4 0 0 1 4-4h26l8 9h66a4 4 0 0 1 4 4v47a4 4 0 0 1-4 4H30a4 4 0 0 1-4-4z" fill={tint} />
      <path d="M62 82h36M62 89h22" opacity={0.55} strokeWidth={1.5} />
    </>
  ),
  house: (
    <>
      <path d="M12 106h136" />
      <path d="M36 106V46l44-32 44 32v60z" fill={tint} />
      <path d="M28 51 80 13l52 38" />
      <path d="M106 32V18h9v20" fill={sheet} />
      {[48, 72, 96].map((x) => (
        <g key={x}>
          <rect x={x} y="50" width="16" height="18" rx="1" fill={sheet} />
          <path d={`M${x + 8} 50v18`} opacity={0.55} strokeWidth={1.5} />
        </g>
      ))}
      {[48, 96].map((x) => (
        <g key={x}>
          <rect x={x} y="78" width="16" height="18" rx="1" fill={sheet} />
          <path d={`M${x + 8} 78v18`} opacity={0.55} strokeWidth={1.5} />
        </g>
      ))}
      <path d="M72 106V84a8 8 0 0 1 16 0v22" fill={sheet} />
      <circle cx="84" cy="95" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="80" cy="34" r="5" fill={sheet} />
    </>
  ),
  person: (
    <>
      <rect x="32" y="22" width="96" height="78" rx="6" fill={tint} />
      <path d="M68 22v-6h24v6" fill={sheet} />
      <rect x="41" y="36" width="38" height="48" rx="2" fill={sheet} />
      <circle cx="60" cy="53" r="8" />
      <path d="M46 84c0-9 6-15 14-15s14 6 14 15" />
      <Lines x={88} y={46} widths={[30, 22, 30, 14]} gap={10} />
    </>
  ),
  people: (
    <>
      <path d="M14 106h132" />
      <circle cx="42" cy="52" r="11" fill={sheet} />
      <path d="M20 106c0-20 8-33 22-33s22 13 22 33" fill={sheet} />
      <circle cx="118" cy="52" r="11" fill={sheet} />
      <path d="M96 106c0-20 8-33 22-33s22 13 22 33" fill={sheet} />
      <circle cx="80" cy="38" r="14" fill={tint} />
      <path d="M52 106c0-25 10-43 28-43s28 18 28 43" fill={tint} />
    </>
  ),
  'nothing-found': (
    <>
      <rect x="36" y="12" width="62" height="84" rx="4" fill={sheet} />
      <path d="M46 26h42M46 36h30M46 46h42M46 56h18" strokeDasharray="3 5" opacity={0.6} strokeWidth={1.5} />
      <circle cx="94" cy="66" r="23" fill={tint} />
      <path d="m111 83 20 21" strokeWidth={4} />
      <path d="M84 60a11 11 0 0 1 9-8" opacity={0.6} />
    </>
  ),
  offline: (
    <>
      <rect x="102" y="34" width="40" height="40" rx="5" fill={tint} />
      <circle cx="122" cy="54" r="13" fill={sheet} />
      <circle cx="116.5" cy="54" r="2" fill="currentColor" stroke="none" />
      <circle cx="127.5" cy="54" r="2" fill="currentColor" stroke="none" />
      <path d="M10 98c26 4 34-4 32-20-2-18 2-24 14-24" />
      <rect x="56" y="44" width="19" height="20" rx="4" fill={tint} />
      <path d="M75 49h9M75 59h9" strokeWidth={3} />
      <path d="m89 36 3-7M95 72l4 7M93 54h-1" opacity={0.6} strokeWidth={1.5} />
    </>
  ),
  error: (
    <>
      <rect x="30" y="16" width="100" height="88" rx="5" fill={tint} />
      <rect x="38" y="24" width="84" height="72" rx="2" fill={sheet} />
      <path d="M38 42h84" opacity={0.55} />
      <Lines x={46} y={33} widths={[34]} />
      {[46, 65, 84, 103].map((x) => (
        <g key={x}>
          <rect x={x} y="52" width="12" height="32" rx="2" />
          <rect
            x={x + 2.5}
            y={x === 84 ? 68 : 56}
            width="7"
            height="12"
            rx="1"
            fill={x === 84 ? 'currentColor' : tint}
          />
        </g>
      ))}
      <path d="m90 46 1-10M84 46l-5-6M96 46l5-6" strokeWidth={1.5} transform="translate(0 2)" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type IllustrationName = keyof typeof drawings;

interface IllustrationProps {
  readonly name: IllustrationName;
  /** Width in px; the height is three quarters of it. */
  readonly width?: number;
}

/** One of our drawings. */
export function Illustration({ name, width = 160 }: IllustrationProps) {
  return (
    <svg
      className="tp-illustration"
      viewBox="0 0 160 120"
      width={width}
      height={width * 0.75}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}
