import { Anchor } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation, useNavigationType } from 'react-router';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Instead of the title, where the heading is more than words. */
  readonly heading?: ReactNode;
  /** A line under the heading. */
  readonly lead?: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
  /** What one does here, at the right of the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/**
 * One page: names the window, and after a change of page puts the focus on the heading, so that screen readers say where
 * one is and the keyboard goes on from there.
 */
export function Page({ title, heading, lead, back, actions, children }: PageProps) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  const { key, hash } = useLocation();
  const navigation = useNavigationType();
  useEffect(() => {
    document.title = `${title} · Treppenhaus`;
  }, [title]);
  useEffect(() => {
    // The first page of a visit keeps the browser's own focus; an address with a place in the page leads there.
    if (key === 'default' || hash !== '') return;
    if (navigation !== 'POP') window.scrollTo(0, 0);
    headingRef.current?.focus({ preventScroll: true });
  }, [key, hash, navigation]);
  return (
    <div className={classes.page}>
      {back && (
        <Anchor component={Link} to={back.to} className={classes.back}>
          <IconChevronLeft size={20} aria-hidden="true" />
          {back.label}
        </Anchor>
      )}
      <header className={classes.header}>
        <div className={classes.titles}>
          <h1 ref={headingRef} tabIndex={-1} className={classes.heading}>
            {heading ?? title}
          </h1>
          {lead !== undefined && lead !== null && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
