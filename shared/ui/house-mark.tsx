import './property.css';

interface Facade {
  readonly floors: number;
  readonly columns: number;
  readonly roof: 'gable' | 'hipped' | 'flat';
  readonly door: number;
  readonly balconies: boolean;
  readonly chimney: boolean;
}

/** A house of its own for every property, the same at every look. */
function facadeOf(seed: string): Facade {
  let hash = 2_166_136_261;
  for (const letter of seed) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  const pick = (count: number, shift: number) => (hash >>> shift) % count;
  const columns = 3 + pick(2, 3);
  const roofs = ['gable', 'hipped', 'flat', 'gable'] as const;
  return {
    floors: 2 + pick(3, 6),
    columns,
    roof: roofs[pick(4, 9)] ?? 'gable',
    door: pick(columns, 12),
    balconies: pick(3, 15) === 0,
    chimney: pick(2, 18) === 0,
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const ground = 110;

function roofPath(roof: Facade['roof'], left: number, right: number, top: number): string {
  const middle = (left + right) / 2;
  if (roof === 'gable') return `M${left - 5} ${top} ${middle} ${top - 24} ${right + 5} ${top}z`;
  if (roof === 'hipped') return `M${left - 5} ${top} ${left + 12} ${top - 17}H${right - 12}L${right + 5} ${top}z`;
  return `M${left - 4} ${top - 5}H${right + 4}V${top}H${left - 4}z`;
}

interface HouseMarkProps {
  /** The property's id: decides how the house looks. */
  readonly seed: string;
}

/** A drawn facade in place of a photo. Fills its box like a photo does. Decoration: the name stands beside it. */
export function HouseMark({ seed }: HouseMarkProps) {
  const { floors, columns, roof, door, balconies, chimney } = facadeOf(seed);
  const step = 22;
  const width = columns * step + 8;
  const left = (160 - width) / 2;
  const right = left + width;
  const storey = floors === 4 ? 18 : 22;
  const top = ground - floors * storey - 4;
  return (
    <svg
      className="tp-house"
      viewBox="0 0 160 120"
      preserveAspectRatio="xMidYMax slice"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={`M-240 ${ground}h640`} />
      {chimney && roof !== 'flat' && <path className="tp-house-wall" d={`M${right - 26} ${top - 4}v-18h8v18`} />}
      <path className="tp-house-roof" d={roofPath(roof, left, right, top)} />
      <rect className="tp-house-wall" x={left} y={top} width={width} height={ground - top} />
      {numbers(floors).map((floor) =>
        numbers(columns).map((column) => {
          const x = left + 9 + column * step;
          const y = top + 6 + floor * storey;
          const bottom = floor === floors - 1;
          if (bottom && column === door) {
            return (
              <path
                key={`${floor}-${column}`}
                className="tp-house-door"
                d={`M${x - 1} ${ground}V${y + 3}a7 7 0 0 1 14 0V${ground}z`}
              />
            );
          }
          return (
            <g key={`${floor}-${column}`}>
              <rect className="tp-house-window" x={x} y={y} width="12" height={storey - 10} rx="0.5" />
              {balconies && !bottom && column !== door && (
                <path d={`M${x - 2} ${y + storey - 10}h16`} strokeWidth={3} />
              )}
            </g>
          );
        }),
      )}
    </svg>
  );
}
