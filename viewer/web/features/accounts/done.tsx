import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './accounts.module.css';

/** Says that something has been done, and what comes next. */
export function Done({ icon: Icon, children }: { readonly icon: TablerIcon; readonly children: ReactNode }) {
  return (
    <div className={classes.done} role="status">
      <Icon size={24} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}
