import { CardsSkeleton } from '../../../shared/ui/skeletons.tsx';
import classes from './page-skeleton.module.css';

/** While a page is on its way. */
export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <CardsSkeleton />
    </div>
  );
}
