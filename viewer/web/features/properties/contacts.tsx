import {
  IconAmbulance,
  IconBolt,
  IconDroplet,
  IconElevator,
  IconFlame,
  IconKey,
  IconPhone,
  IconTool,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { labelTexts } from '../../../../shared/ui/label-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import list from '../../lib/card-list.module.css';
import { usePlace } from '../../lib/property.tsx';
import { operationError, useLoaded } from '../../lib/queries.ts';
import { useScrollToPlace } from '../../lib/scroll-to-place.ts';
import { telephoneLink } from '../../lib/telephone-link.ts';
import classes from './start.module.css';

type Contact = Output<'properties.contacts'>[number];

const texts = defineTexts({
  de: {
    title: 'Im Notfall anrufen',
    call: '{{name}} anrufen: {{phone}}',
    rescue: 'Feuerwehr und Rettung',
    rescueHint: 'Bei Gefahr für Menschen',
  },
  en: {
    title: 'Call in an emergency',
    call: 'Call {{name}}: {{phone}}',
    rescue: 'Fire brigade and ambulance',
    rescueHint: 'When people are in danger',
  },
});

const icons: Readonly<Record<Contact['kind'], TablerIcon>> = {
  heating: IconFlame,
  lift: IconElevator,
  locksmith: IconKey,
  caretaker: IconTool,
  electricity: IconBolt,
  water: IconDroplet,
  other: IconPhone,
};

interface CallProps {
  readonly icon: TablerIcon;
  readonly overline: string;
  readonly name: string;
  readonly phone: string;
  readonly note: string | null;
}

function Call({ icon: Icon, overline, name, phone, note }: CallProps) {
  const t = useTexts(texts);
  return (
    <li className={classes.contact}>
      <span className={classes.sign}>
        <Icon size={22} aria-hidden="true" />
      </span>
      <span className={classes.words}>
        <span className={classes.kind}>{overline}</span>
        <span className={classes.subject}>{name}</span>
        {note !== null && note !== '' && <span className={classes.note}>{note}</span>}
        <a href={telephoneLink(phone)} className={classes.phone} aria-label={t('call', { name, phone })}>
          <IconPhone size={18} aria-hidden="true" />
          {phone}
        </a>
      </span>
    </li>
  );
}

/** Whom one calls now. */
export function Contacts() {
  const t = useTexts(texts);
  const label = useTexts(labelTexts);
  const contacts = useLoaded('properties.contacts', usePlace());
  useScrollToPlace(contacts.data !== undefined);
  const problem = contacts.data === undefined && contacts.isError ? operationError(contacts.error) : null;
  return (
    <section id="notfall" tabIndex={-1} className={classes.contacts} aria-labelledby="notfall-titel">
      <h2 id="notfall-titel" className={list.heading}>
        {t('title')}
      </h2>
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      {contacts.isLoading && <ListSkeleton rows={3} />}
      <ul className={`${list.rows} ${classes.contactRows}`}>
        {(contacts.data ?? []).map(({ id, kind, name, phone, note }) => (
          <Call
            key={id}
            icon={icons[kind]}
            overline={label(`emergency.${kind}`)}
            name={name}
            phone={phone}
            note={note}
          />
        ))}
        <Call icon={IconAmbulance} overline={t('rescueHint')} name={t('rescue')} phone="112" note={null} />
      </ul>
    </section>
  );
}
