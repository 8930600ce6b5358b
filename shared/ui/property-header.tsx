import './property.css';
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
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

interface PropertyHeaderProps extends Omit<PropertyPictureProps, 'width'> {
  readonly name: string;
  /** "107 · WEG". */
  readonly overline?: ReactNode;
  /** "Lindenallee 12, 80331 München". */
  readonly address?: string | null;
  /** Badges under the address. */
  readonly children?: ReactNode;
  /** Actions on the right. */
  readonly actions?: ReactNode;
  /** `bar` for a top bar or a card, `page` heads a detail page. */
  readonly kind?: 'page' | 'bar';
}

/** A house as both faces introduce it: picture, name, address. */
export function PropertyHeader({
  seed,
  photoUrl,
  name,
  overline,
  address,
  children,
  actions,
  kind = 'page',
}: PropertyHeaderProps) {
  const bar = kind === 'bar';
  return (
    <div className="tp-property" data-kind={kind}>
      <PropertyPicture seed={seed} photoUrl={photoUrl ?? null} width={bar ? 48 : 112} />
      <div className="tp-property-words">
        {overline !== undefined && !bar && (
          <Text component="div" size="xs" c="dimmed" className="tp-figures">
            {overline}
          </Text>
        )}
        {bar ? (
          <Text component="div" fw={600} lh={1.25} lineClamp={1}>
            {name}
          </Text>
        ) : (
          <Title order={1}>{name}</Title>
        )}
        {address && (
          <Text component="div" size={bar ? 'xs' : 'md'} c="dimmed" lineClamp={bar ? 1 : 3}>
            {address}
          </Text>
        )}
        {children !== undefined && <div className="tp-property-badges">{children}</div>}
      </div>
      {actions !== undefined && <div className="tp-property-actions tp-no-print">{actions}</div>}
    </div>
  );
}
