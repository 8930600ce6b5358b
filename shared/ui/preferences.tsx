import {
  ActionIcon,
  type MantineColorScheme,
  Menu,
  SegmentedControl,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun, type TablerIcon } from '@tabler/icons-react';
import { commonTexts } from './common-texts.ts';
import { asLanguage, type Language, languages, setLanguage, useLanguage, useTexts } from './texts.ts';

const schemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];
const schemeIcons: Readonly<Record<MantineColorScheme, TablerIcon>> = {
  light: IconSun,
  dark: IconMoon,
  auto: IconDeviceDesktop,
};
const schemeTexts = { light: 'light', dark: 'dark', auto: 'asSystem' } as const;

/** Each language in its own words. */
const languageNames: Readonly<Record<Language, string>> = { de: 'Deutsch', en: 'English' };

/** Light, dark, or as the system: an icon with a menu, for bars. */
export function ColorSchemeToggle() {
  const t = useTexts(commonTexts);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemeIcons[colorScheme];
  return (
    <Menu position="bottom-end">
      <Tooltip label={t('colourScheme')}>
        <Menu.Target>
          <ActionIcon aria-label={t('colourScheme')}>
            <Current size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {schemes.map((scheme) => {
          const Icon = schemeIcons[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={16} />}
              rightSection={scheme === colorScheme ? <IconCheck size={16} /> : null}
              aria-current={scheme === colorScheme || undefined}
              onClick={() => setColorScheme(scheme)}
            >
              {t(schemeTexts[scheme])}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same choice written out, for settings. */
export function ColorSchemeControl() {
  const t = useTexts(commonTexts);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={t('colourScheme')}
      value={colorScheme}
      onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
      data={schemes.map((scheme) => ({ value: scheme, label: t(schemeTexts[scheme]) }))}
    />
  );
}

interface LanguageSwitchProps {
  /** Called after the change, so that the face can remember it. */
  readonly onChange?: (language: Language) => void;
}

async function choose(language: Language, onChange: LanguageSwitchProps['onChange']): Promise<void> {
  await setLanguage(language);
  onChange?.(language);
}

/** German or English: an icon with a menu, for bars. */
export function LanguageSwitch({ onChange }: LanguageSwitchProps) {
  const t = useTexts(commonTexts);
  const current = useLanguage();
  return (
    <Menu position="bottom-end">
      <Tooltip label={t('language')}>
        <Menu.Target>
          <ActionIcon aria-label={`${t('language')}: ${languageNames[current]}`}>
            <IconLanguage size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={language === current ? <IconCheck size={16} /> : null}
            aria-current={language === current || undefined}
            onClick={() => void choose(language, onChange)}
          >
            {languageNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same choice written out, for settings and the sign-in page. */
export function LanguageControl({ onChange }: LanguageSwitchProps) {
  const t = useTexts(commonTexts);
  return (
    <SegmentedControl
      aria-label={t('language')}
      value={useLanguage()}
      onChange={(value) => void choose(asLanguage(value), onChange)}
      data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
    />
  );
}
