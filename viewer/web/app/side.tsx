import {
  IconDots,
  IconFolder,
  IconHome,
  IconMessages,
  IconPin,
  IconSwitchHorizontal,
  IconUserCircle,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, NavLink, useMatch } from 'react-router';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { HousePicture } from '../lib/house-picture.tsx';
import { paths } from '../lib/paths.ts';
import { streetOf, townOf, useProperty } from '../lib/property.tsx';
import classes from './side.module.css';

const texts = defineTexts({
  de: {
    navigation: 'Hauptnavigation',
    home: 'Startseite',
    board: 'Brett',
    documents: 'Dokumente',
    messages: 'Nachrichten',
    more: 'Mehr',
    directory: 'Nachbarn',
    account: 'Mein Konto',
    change: 'Haus wechseln',
    unread_one: '{{count}} neu',
    unread_other: '{{count}} neu',
  },
  en: {
    navigation: 'Main navigation',
    home: 'Start page',
    board: 'Board',
    documents: 'Documents',
    messages: 'Messages',
    more: 'More',
    directory: 'Neighbours',
    account: 'My account',
    change: 'Change house',
    unread_one: '{{count}} new',
    unread_other: '{{count}} new',
  },
});

interface ItemProps {
  readonly to: string;
  readonly icon: TablerIcon;
  readonly label: string;
  readonly unread?: number;
  readonly only?: 'phone' | 'desktop';
}

function Item({ to, icon: Icon, label, unread = 0, only }: ItemProps) {
  const t = useTexts(texts);
  return (
    <li className={classes.item} data-only={only}>
      <NavLink to={to} className={classes.link}>
        <span className={classes.icon}>
          <Icon size={24} aria-hidden="true" />
        </span>
        <span className={classes.label}>{label}</span>
        {unread > 0 && (
          <>
            <span className={classes.count} aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
            <span className="tp-visually-hidden">, {t('unread', { count: unread })}</span>
          </>
        )}
      </NavLink>
    </li>
  );
}

/** The house and the ways through it: top bar and tabs on a phone, a column on a desktop. */
export function Side({ several }: { readonly several: boolean }) {
  const t = useTexts(texts);
  const property = useProperty();
  const { id, name, may, unread } = property;
  const atHome = useMatch(paths.start(id)) !== null;
  const address = [streetOf(property), townOf(property)].filter((part) => part !== '' && part !== name).join(', ');
  return (
    <header className={classes.side}>
      <div className={classes.top}>
        <Link to={paths.start(id)} className={classes.house} aria-current={atHome ? 'page' : undefined}>
          <span className={classes.picture}>
            <HousePicture property={property} />
          </span>
          <span className={classes.plate}>
            <span className="tp-visually-hidden">{t('home')}</span>
            <span className={classes.name}>{name}</span>
            <span className={classes.address}>{address}</span>
          </span>
          {!atHome && <IconHome className={classes.home} size={22} aria-hidden="true" />}
        </Link>
        {several && (
          <Link to={paths.properties} className={classes.change} aria-label={t('change')} title={t('change')}>
            <IconSwitchHorizontal size={22} aria-hidden="true" />
            <span className={classes.changeLabel}>{t('change')}</span>
          </Link>
        )}
      </div>
      <nav aria-label={t('navigation')} className={classes.nav}>
        <ul className={classes.items}>
          {may.board && <Item to={paths.board(id)} icon={IconPin} label={t('board')} unread={unread.notices} />}
          <Item to={paths.documents(id)} icon={IconFolder} label={t('documents')} unread={unread.documents} />
          <Item to={paths.messages(id)} icon={IconMessages} label={t('messages')} unread={unread.messages} />
          {may.directory && <Item to={paths.directory(id)} icon={IconUsers} label={t('directory')} only="desktop" />}
          <Item to={paths.account(id)} icon={IconUserCircle} label={t('account')} only="desktop" />
          <Item to={paths.more(id)} icon={IconDots} label={t('more')} only="phone" />
        </ul>
      </nav>
    </header>
  );
}
