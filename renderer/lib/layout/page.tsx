import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './layout.module.css';

interface PageProps {
  readonly title: string;
  /** Top right. */
  readonly actions?: ReactNode;
  /** A list or panes that scroll by themselves and fill the page; else the page scrolls. */
  readonly fill?: boolean;
  /** Cards side by side instead of one column to read. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page: its heading, its deeds, its content. */
export function Page({ title, actions, fill = false, wide = false, children }: PageProps) {
  useDocumentTitle(`${title} · Treppenhaus`);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Title order={1}>{title}</Title>
        <div className={classes.headActions}>{actions}</div>
      </div>
      {fill ? (
        <div className={classes.fill}>{children}</div>
      ) : (
        <div className={classes.scroll}>
          <div className={wide ? classes.wide : classes.column}>{children}</div>
        </div>
      )}
    </div>
  );
}

interface SplitProps {
  readonly list: ReactNode;
  /** Null while nothing is open: the list has the whole width. */
  readonly detail: ReactNode | null;
}

/** List and detail side by side; in narrow windows the detail alone. */
export function Split({ list, detail }: SplitProps) {
  return (
    <div className={classes.split} data-detail={detail !== null || undefined}>
      <div className={classes.list}>{list}</div>
      {detail !== null && <div className={classes.detail}>{detail}</div>}
    </div>
  );
}
