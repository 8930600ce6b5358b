import { IconStairs } from '@tabler/icons-react';
import classes from './mark.module.css';

/** The sign of the house: stairs on the accent. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <span className={classes.mark} style={{ width: size, height: size }} aria-hidden="true">
      <IconStairs size={Math.round((size * 2) / 3)} />
    </span>
  );
}
