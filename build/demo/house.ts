import sharp from 'sharp';
import { type Random, randomFrom } from './random.ts';

const width = 1600;
const height = 1000;
const street = 900;

interface Facade {
  readonly wall: string;
  readonly shade: string;
  readonly plinth: string;
  readonly roof: string;
  readonly frame: string;
  readonly door: string;
}

const facades: readonly [Facade, ...Facade[]] = [
  { wall: '#e9dcc0', shade: '#d8c7a2', plinth: '#a99a80', roof: '#9c4a36', frame: '#fbf8f1', door: '#2f6b4f' },
  { wall: '#e7e4dc', shade: '#d3cec2', plinth: '#8f918e', roof: '#4d5358', frame: '#ffffff', door: '#7a3b2e' },
  { wall: '#d9b48a', shade: '#c59c6f', plinth: '#8c7458', roof: '#7c3d2c', frame: '#f7f1e6', door: '#3c4a52' },
  { wall: '#c9d2c3', shade: '#b4bfad', plinth: '#7f8a7c', roof: '#5b4a41', frame: '#fdfdfb', door: '#5a3d28' },
  { wall: '#b5694e', shade: '#a05a41', plinth: '#6e4636', roof: '#42474b', frame: '#f3ece0', door: '#23372f' },
  { wall: '#dfe5ea', shade: '#c7d0d8', plinth: '#87939c', roof: '#394148', frame: '#ffffff', door: '#b7791f' },
];

/** One house and the numbers its parts are drawn from. */
interface House {
  readonly colours: Facade;
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly storey: number;
  readonly floors: number;
  readonly columns: number;
  readonly roof: 'gable' | 'mansard' | 'flat';
  readonly balconies: boolean;
}

/**
 * The front of a house as a photo (JPEG, 1600 × 1000), always the same for the same seed. Drawn, because a photo of a
 * real house would name its owners.
 */
export async function housePhoto(seed: string): Promise<Buffer> {
  const random = randomFrom(`house ${seed}`);
  const house = plan(random);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9dbdd6"/><stop offset="1" stop-color="#e9eff0"/></linearGradient>
      <linearGradient id="pane" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#8fa9b8"/><stop offset=".5" stop-color="#5d7684"/><stop offset="1" stop-color="#3f525d"/></linearGradient>
      <linearGradient id="light" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#fff" stop-opacity=".18"/><stop offset="1" stop-color="#1e2a32" stop-opacity=".16"/></linearGradient>
      <filter id="soft"><feGaussianBlur stdDeviation="14"/></filter>
    </defs>
    <rect width="${width}" height="${height}" fill="url(#sky)"/>
    ${clouds(random)}${neighbours(random)}${tree(random, house.left - 130, 1)}
    ${roof(house)}${walls(house)}${windows(house, random)}${entrance(house)}
    ${ground()}${tree(random, house.left + house.width + 110, 1.15)}${hedge(house, random)}
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 84, chromaSubsampling: '4:4:4' }).toBuffer();
}

function plan(random: Random): House {
  const floors = random.between(3, 5);
  const columns = random.between(5, 7);
  const storey = floors === 5 ? 120 : 146;
  const wide = columns * 132 + 80;
  return {
    colours: random.pick(facades),
    left: (width - wide) / 2,
    width: wide,
    top: street - floors * storey - 46,
    storey,
    floors,
    columns,
    roof: random.pick(['gable', 'mansard', 'flat']),
    balconies: random.next() < 0.6,
  };
}

function rect(x: number, y: number, w: number, h: number, fill: string, more = ''): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;
}

function clouds(random: Random): string {
  const puffs = Array.from({ length: 7 }, () => {
    const x = random.between(0, width);
    const y = random.between(40, 300);
    return `<ellipse cx="${x}" cy="${y}" rx="${random.between(120, 260)}" ry="${random.between(18, 42)}"/>`;
  });
  return `<g fill="#fff" opacity=".55" filter="url(#soft)">${puffs.join('')}</g>`;
}

/** The houses left and right, pale, so that this one stands in a street and not on a meadow. */
function neighbours(random: Random): string {
  return [-60, 1240]
    .map((x) => {
      const top = random.between(330, 420);
      const panes = Array.from({ length: 12 }, (_, index) =>
        rect(x + 50 + (index % 3) * 120, top + 70 + Math.floor(index / 3) * 120, 56, 78, '#aebbc2'),
      );
      const roofing = `<path d="M${x - 20} ${top} L${x + 60} ${top - 110} L${x + 360} ${top - 110} L${x + 440} ${top} Z" fill="#b3a49b"/>`;
      return `<g opacity=".75">${roofing}${rect(x, top, 420, street - top, random.pick(['#ddd8cc', '#d5d9d6', '#e2d8c6']))}${panes.join('')}</g>`;
    })
    .join('');
}

function roof({ colours, left, width: wide, top, roof: kind }: House): string {
  const right = left + wide;
  const eaves = `${rect(left - 22, top - 8, wide + 44, 18, colours.frame)}${rect(left - 22, top + 8, wide + 44, 6, '#1e2a32', 'opacity=".22"')}`;
  const chimney = (x: number, y: number) => `${rect(x, y, 44, 90, '#8a5140')}${rect(x - 5, y - 8, 54, 12, '#6d3f32')}`;
  if (kind === 'flat') return `${rect(left - 10, top - 34, wide + 20, 34, colours.roof)}${eaves}`;
  const rise = kind === 'gable' ? 190 : 130;
  const inset = kind === 'gable' ? 150 : 60;
  const tiles = Array.from({ length: Math.floor(rise / 16) }, (_, row) => {
    const y = top - 8 - row * 16;
    const shift = (inset * row * 16) / rise;
    return `<path d="M${left - 22 + shift} ${y} H${right + 22 - shift}" stroke="#1e2a32" stroke-opacity=".13" stroke-width="3"/>`;
  });
  const dormers = [0.26, 0.5, 0.74].map((at) => {
    const x = left + wide * at - 42;
    const y = top - rise * 0.66;
    return `<path d="M${x - 12} ${y} L${x + 42} ${y - 40} L${x + 96} ${y} Z" fill="${colours.roof}"/>${rect(x, y, 84, 84, colours.wall)}${pane(x + 16, y + 12, 52, 62, colours)}`;
  });
  const shape = `<path d="M${left - 22} ${top} L${left - 22 + inset} ${top - rise} H${right + 22 - inset} L${right + 22} ${top} Z" fill="${colours.roof}"/>`;
  return `${chimney(left + wide * 0.32, top - rise - 46)}${shape}${tiles.join('')}${dormers.join('')}${eaves}`;
}

function walls({ colours, left, width: wide, top, storey, floors }: House): string {
  const bands = Array.from({ length: floors - 1 }, (_, floor) =>
    rect(left, top + (floor + 1) * storey - 5, wide, 8, colours.shade),
  );
  const corners = `${rect(left, top, 20, street - top, colours.shade)}${rect(left + wide - 20, top, 20, street - top, colours.shade)}`;
  const base = rect(left - 6, street - 62, wide + 12, 62, colours.plinth);
  return `${rect(left, top, wide, street - top, colours.wall)}${bands.join('')}${corners}${base}${rect(left, top, wide, street - top, 'url(#light)')}`;
}

function pane(x: number, y: number, w: number, h: number, colours: Facade): string {
  const cross = `${rect(x + w / 2 - 2, y, 4, h, colours.frame)}${rect(x, y + h * 0.34, w, 4, colours.frame)}`;
  return `${rect(x - 7, y - 7, w + 14, h + 14, colours.frame)}${rect(x, y, w, h, 'url(#pane)')}${cross}`;
}

function windows(house: House, random: Random): string {
  const { colours, left, width: wide, top, storey, floors, columns, balconies } = house;
  const step = (wide - 80) / columns;
  const middle = Math.floor(columns / 2);
  const parts: string[] = [];
  for (let floor = 0; floor < floors; floor++) {
    for (let column = 0; column < columns; column++) {
      if (floor === floors - 1 && column === middle) continue;
      const x = left + 40 + column * step + step / 2 - 32;
      const y = top + floor * storey + 30;
      const w = 64;
      const h = storey - 62;
      parts.push(pane(x, y, w, h, colours));
      if (random.next() < 0.35) parts.push(rect(x, y, w, h * random.pick([0.2, 0.4, 0.6]), '#f3efe4', 'opacity=".9"'));
      if (random.next() < 0.18) parts.push(rect(x, y, w, h, '#f0c46a', 'opacity=".45"'));
      parts.push(
        rect(x - 13, y + h + 8, w + 26, 8, colours.frame),
        rect(x - 13, y + h + 16, w + 26, 5, '#1e2a32', 'opacity=".18"'),
      );
      const outer = column === 1 || column === columns - 2;
      if (balconies && outer && floor < floors - 1) parts.push(balcony(x - 34, y + h - 26, random));
      else if (random.next() < 0.2) parts.push(flowers(x - 8, y + h + 2, w + 16, random));
    }
  }
  return parts.join('');
}

function balcony(x: number, y: number, random: Random): string {
  const bars = Array.from({ length: 14 }, (_, index) => rect(x + 4 + index * 9.3, y, 3, 52, '#33414a'));
  const plants = random.next() < 0.6 ? flowers(x + 8, y + 2, 116, random) : '';
  return `${rect(x - 6, y + 50, 144, 14, '#c9c3b6')}${rect(x - 6, y + 64, 144, 7, '#1e2a32', 'opacity=".25"')}${bars.join('')}${rect(x, y - 4, 132, 6, '#33414a')}${plants}`;
}

function flowers(x: number, y: number, w: number, random: Random): string {
  const colour = random.pick(['#c2413a', '#d98a3d', '#b65c8f', '#e6e0d2']);
  const dots = Array.from(
    { length: Math.floor(w / 7) },
    (_, index) =>
      `<circle cx="${x + 4 + index * 7}" cy="${y - random.between(1, 9)}" r="${random.between(3, 5)}" fill="${index % 3 ? '#4d7a4c' : colour}"/>`,
  );
  return `${rect(x, y - 2, w, 11, '#7b5a41')}${dots.join('')}`;
}

function entrance({ colours, left, width: wide, columns, storey }: House): string {
  const step = (wide - 80) / columns;
  const x = left + 40 + Math.floor(columns / 2) * step + step / 2 - 50;
  const y = street - storey + 2;
  const bells = Array.from({ length: 8 }, (_, index) =>
    rect(x + 122 + (index % 2) * 13, y + 62 + Math.floor(index / 2) * 11, 10, 7, '#6c5a2e'),
  );
  return `${rect(x - 14, y - 14, 128, storey + 12, colours.frame)}
    ${rect(x, y, 100, storey - 2, colours.door)}${rect(x + 12, y + 14, 34, 56, 'url(#pane)')}${rect(x + 54, y + 14, 34, 56, 'url(#pane)')}
    ${rect(x + 48, y, 4, storey - 2, '#1e2a32', 'opacity=".35"')}<circle cx="${x + 60}" cy="${y + 88}" r="5" fill="#c8a24a"/>
    ${rect(x + 117, y + 56, 34, 56, '#c8a24a', 'rx="3"')}${bells.join('')}
    ${rect(x - 30, street - 12, 160, 12, '#b9b3a6')}${rect(x - 46, street - 2, 192, 10, '#a7a194')}
    <path d="M${x - 34} ${y - 26} H${x + 134} L${x + 122} ${y - 44} H${x - 22} Z" fill="${colours.roof}"/>`;
}

function ground(): string {
  const slabs = Array.from({ length: 21 }, (_, index) => rect(index * 80, street, 2, 34, '#8b8d8b', 'opacity=".5"'));
  return `${rect(0, street, width, 36, '#bdbcb6')}${slabs.join('')}${rect(0, street + 34, width, 10, '#9a9a95')}${rect(0, street + 44, width, 60, '#70757a')}`;
}

function tree(random: Random, x: number, scale: number): string {
  const crown = Array.from({ length: 26 }, () => {
    const angle = random.next() * Math.PI * 2;
    const reach = Math.sqrt(random.next());
    const colour = random.pick(['#4f7d4b', '#5f8f57', '#3f6b40', '#739f63']);
    return `<circle cx="${Math.round(Math.cos(angle) * reach * 105)}" cy="${Math.round(-300 + Math.sin(angle) * reach * 130)}" r="${random.between(34, 58)}" fill="${colour}" opacity=".92"/>`;
  });
  return `<g transform="translate(${x} ${street + 6}) scale(${scale})"><path d="M-12 0 L-7 -230 H7 L13 0 Z" fill="#5d4634"/>${crown.join('')}</g>`;
}

function hedge({ left, width: wide, columns }: House, random: Random): string {
  const step = (wide - 80) / columns;
  const door = left + 40 + Math.floor(columns / 2) * step + step / 2;
  const leaves: string[] = [];
  for (let x = left + 10; x < left + wide - 10; x += 15) {
    if (Math.abs(x - door) < 110) continue;
    leaves.push(
      `<circle cx="${x}" cy="${street - random.between(6, 26)}" r="${random.between(15, 22)}" fill="${random.pick(['#56804e', '#48703f', '#648f58'])}"/>`,
    );
  }
  return leaves.join('');
}
