import type { ReactNode } from 'react';
import classes from './entrance-drawing.module.css';

function Lamp({ x }: { readonly x: number }) {
  return (
    <g transform={`translate(${x} 196)`}>
      <path d="M0-22v8M-9-14H9L6 14H-6z" className={classes.light} />
      <path d="M-9-14H9M-4 14v6H4v-6" />
    </g>
  );
}

function Leaf({ x, handle }: { readonly x: number; readonly handle: number }) {
  return (
    <>
      <rect x={x} y={244} width={76} height={216} className={classes.door} />
      <rect x={x + 12} y={258} width={52} height={108} rx={2} className={classes.glass} />
      <rect x={x + 12} y={384} width={52} height={60} rx={2} className={classes.panel} />
      <path d={`M${x + 38} 258v108M${x + 12} 312h52`} className={classes.fine} />
      <path d={`M${handle} 360v26`} className={classes.handle} />
    </>
  );
}

function bells(): ReactNode[] {
  return [0, 1, 2, 3, 4].map((row) => (
    <g key={row}>
      <rect x={356} y={264 + row * 19} width={26} height={12} rx={1.5} className={classes.paper} />
      <path d={`M360 ${270 + row * 19}h${[14, 18, 11, 16, 12][row]}`} className={classes.fine} />
      <circle cx={392} cy={270 + row * 19} r={4} className={row === 1 ? classes.pressed : classes.paper} />
    </g>
  ));
}

function letterBoxes(): ReactNode[] {
  return [0, 1, 2].flatMap((row) =>
    [0, 1].map((column) => (
      <g key={`${row}-${column}`}>
        <rect x={66 + column * 36} y={258 + row * 34} width={32} height={30} rx={2} className={classes.paper} />
        <path d={`M${72 + column * 36} ${266 + row * 34}h20`} />
        <circle cx={82 + column * 36} cy={279 + row * 34} r={1.5} className={classes.fine} />
      </g>
    )),
  );
}

function Pot({ x }: { readonly x: number }) {
  return (
    <g transform={`translate(${x} 460)`}>
      <circle cx={0} cy={-52} r={24} className={classes.bush} />
      <path d="M-10-44l10 12 10-12M0-62v30" className={classes.fine} />
      <path d="M-16-28h32l-5 28h-22z" className={classes.paper} />
    </g>
  );
}

/** The entrance of a house: door, bells, letter boxes. Decoration of the pages before one is signed in. */
export function EntranceDrawing() {
  return (
    <svg
      viewBox="0 0 460 560"
      preserveAspectRatio="xMidYMax slice"
      className={classes.drawing}
      aria-hidden="true"
      focusable="false"
    >
      <rect x={-40} y={500} width={540} height={60} className={classes.street} />
      <rect x={28} y={-240} width={404} height={700} className={classes.wall} />
      <path d="M18 84h424v-8H18zM28 96h404" className={classes.paper} />
      {[76, 194, 312].map((x) => (
        <g key={x}>
          <rect x={x} y={-44} width={72} height={92} className={classes.glass} />
          <path d={`M${x + 36}-44v92M${x}-14h72`} className={classes.fine} />
          <path d={`M${x - 6} 54h84`} />
        </g>
      ))}
      <path d="M142 460V224a88 88 0 0 1 176 0v236" className={classes.paper} />
      <path d="M154 236v-12a76 76 0 0 1 152 0v12z" className={classes.glass} />
      <path d="M230 236v-88M230 236l-54-62M230 236l54-62M230 236l-73-30M230 236l73-30" className={classes.fine} />
      <rect x={206} y={116} width={48} height={22} rx={3} className={classes.brass} />
      <path d="M218 122l3-2v14M228 122c2-4 9-2 7 3l-8 9h9M210 127h1M249 127h1" className={classes.engraved} />
      <Leaf x={154} handle={222} />
      <Leaf x={230} handle={238} />
      <Lamp x={104} />
      <Lamp x={356} />
      <rect x={348} y={254} width={56} height={108} rx={4} className={classes.brass} />
      {bells()}
      {letterBoxes()}
      <Pot x={100} />
      <Pot x={366} />
      <path d="M124 460h212v20H124zM104 480h252v20H104z" className={classes.paper} />
      <path d="M-40 460h164M336 460h164M-40 500h540" />
    </svg>
  );
}
