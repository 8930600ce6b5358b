import './property.css';
import { HouseMark } from './house-mark.tsx';

interface PropertyPictureProps {
  /** The property's id. */
  readonly seed: string;
  readonly photoUrl?: string | null;
  /** Width in px; the height is three quarters of it. Without it the picture fills its box. */
  readonly width?: number;
}

/** The house's photo, or a drawn house. Decoration: the name stands beside it. */
export function PropertyPicture({ seed, photoUrl, width }: PropertyPictureProps) {
  const size = width === undefined ? undefined : { width, height: width * 0.75 };
  return (
    <div className="tp-picture" style={size}>
      {photoUrl ? <img src={photoUrl} alt="" loading="lazy" decoding="async" /> : <HouseMark seed={seed} />}
    </div>
  );
}
