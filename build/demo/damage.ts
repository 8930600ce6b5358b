import sharp from 'sharp';
import { randomFrom } from './random.ts';

const width = 1200;
const height = 1600;

/**
 * The photo a resident takes of a damp stain under a bathroom ceiling (JPEG, 1140 × 1540), always the same.
 */
export async function damagePhoto(): Promise<Buffer> {
  const random = randomFrom('damp stain');
  const blots = Array.from({ length: 46 }, () => {
    const x = 640 + (random.next() - 0.5) * 520;
    const y = 430 + (random.next() - 0.5) * 300;
    return `<ellipse cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" rx="${random.between(40, 130)}" ry="${random.between(26, 90)}" fill="${random.pick(['#b08d57', '#9c7a48', '#c4a676'])}" opacity="${(0.08 + random.next() * 0.16).toFixed(2)}"/>`;
  });
  const drops = Array.from({ length: 9 }, () => {
    const x = random.between(470, 820);
    return `<path d="M${x} 520 V${random.between(640, 830)}" stroke="#a98857" stroke-width="${random.between(4, 9)}" stroke-linecap="round" opacity=".35"/>`;
  });
  const mould = Array.from(
    { length: 70 },
    () =>
      `<circle cx="${random.between(430, 900)}" cy="${random.between(330, 560)}" r="${random.between(1, 5)}" fill="#3d4436" opacity=".5"/>`,
  );
  const tiles = Array.from({ length: 30 }, (_, index) => {
    const x = (index % 6) * 200;
    const y = 900 + Math.floor(index / 6) * 150;
    return `<rect x="${x + 4}" y="${y + 4}" width="192" height="142" rx="3" fill="${random.pick(['#dfe7e6', '#d6e0df', '#e5ebea'])}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><radialGradient id="flash" cx=".5" cy=".4" r=".8"><stop offset=".3" stop-color="#fff" stop-opacity=".22"/><stop offset="1" stop-color="#14191d" stop-opacity=".42"/></radialGradient>
    <filter id="wet"><feGaussianBlur stdDeviation="16"/></filter><filter id="grain"><feTurbulence type="fractalNoise" baseFrequency=".7" numOctaves="2" seed="4"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  0 0 0 .22 0"/></filter></defs>
    <rect width="${width}" height="${height}" fill="#eae6dc"/><path d="M0 0 H${width} V210 L0 260 Z" fill="#f4f1ea"/><path d="M0 260 L${width} 210" stroke="#cfc8ba" stroke-width="10"/>
    <g filter="url(#wet)">${blots.join('')}</g>${drops.join('')}${mould.join('')}
    <rect y="890" width="${width}" height="710" fill="#b7c2c2"/>${tiles.join('')}
    <rect x="900" y="560" width="46" height="340" rx="10" fill="#f6f6f4"/><rect x="900" y="560" width="14" height="340" fill="#cfd3d2"/>
    <rect width="${width}" height="${height}" filter="url(#grain)" opacity=".5"/><rect width="${width}" height="${height}" fill="url(#flash)"/>
  </svg>`;
  return sharp(Buffer.from(svg))
    .rotate(1.2)
    .extract({ left: 50, top: 40, width: width - 60, height: height - 60 })
    .jpeg({ quality: 82 })
    .toBuffer();
}
