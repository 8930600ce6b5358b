import type { ComponentType } from 'react';

/** A part of a property that another feature brings; composed in `app`. */
export interface PropertyTab {
  /** Part of the address. */
  readonly key: string;
  readonly title: string;
  readonly Content: ComponentType<{ readonly propertyId: string }>;
}
