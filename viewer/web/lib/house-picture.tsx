import { useState } from 'react';
import type { ResidentProperty } from '../../../shared/features/properties/contract.ts';
import { HouseMark } from '../../../shared/ui/house-mark.tsx';
import classes from './house-picture.module.css';
import { photoOf } from './property.tsx';

/** The photo of a property, or its drawing. Fills its frame; decorative, the name stands beside it. */
export function HousePicture({ property }: { readonly property: ResidentProperty }) {
  const photo = photoOf(property);
  const [broken, setBroken] = useState<string | null>(null);
  if (photo === null || photo === broken) {
    return (
      <span className={classes.drawing}>
        <HouseMark seed={property.id} />
      </span>
    );
  }
  return <img className={classes.photo} src={photo} alt="" decoding="async" onError={() => setBroken(photo)} />;
}
