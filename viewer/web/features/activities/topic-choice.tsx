import {
  IconAddressBook,
  IconBolt,
  IconFileCertificate,
  IconFileText,
  IconFlame,
  IconHome,
  IconKey,
  IconMessage,
  IconReceipt,
  IconTool,
  IconTrash,
  IconUsers,
  IconVolume,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import classes from './choices.module.css';

const texts = defineTexts({
  de: { legend: 'Worum geht es?', required: 'Bitte wählen Sie ein Thema.' },
  en: { legend: 'What is it about?', required: 'Please choose a topic.' },
});

/** The icons a company can give its topics, by their names. */
const icons: Readonly<Record<string, TablerIcon>> = {
  'address-book': IconAddressBook,
  bolt: IconBolt,
  'file-certificate': IconFileCertificate,
  'file-text': IconFileText,
  flame: IconFlame,
  home: IconHome,
  key: IconKey,
  message: IconMessage,
  receipt: IconReceipt,
  tool: IconTool,
  trash: IconTrash,
  users: IconUsers,
  volume: IconVolume,
};

interface TopicChoiceProps {
  readonly topics: Output<'activities.topics'>;
  readonly value: string | null;
  readonly missing: boolean;
  readonly disabled: boolean;
  readonly onChange: (topicId: string) => void;
}

/** The topics a resident can choose, as cards. */
export function TopicChoice({ topics, value, missing, disabled, onChange }: TopicChoiceProps) {
  const t = useTexts(texts);
  return (
    <fieldset className={classes.choice} disabled={disabled}>
      <legend className={classes.legend}>{t('legend')}</legend>
      <div className={classes.cards}>
        {topics.map(({ id, name, icon }) => {
          const Icon = icons[icon ?? ''] ?? IconMessage;
          return (
            <label key={id} className={classes.card}>
              <input
                type="radio"
                name="topic"
                className={classes.radio}
                checked={value === id}
                required
                aria-describedby={missing ? 'topic-missing' : undefined}
                onChange={() => onChange(id)}
              />
              <Icon size={26} aria-hidden="true" />
              <span>{name}</span>
            </label>
          );
        })}
      </div>
      {missing && (
        <p id="topic-missing" className={classes.missing}>
          {t('required')}
        </p>
      )}
    </fieldset>
  );
}
