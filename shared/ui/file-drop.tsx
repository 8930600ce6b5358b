import '@mantine/dropzone/styles.css';
import './files.css';
import './states.css';
import { CloseButton, Stack, Text } from '@mantine/core';
import { Dropzone, type DropzoneProps } from '@mantine/dropzone';
import { IconAlertTriangle, IconPaperclip, IconUpload } from '@tabler/icons-react';
import { type ReactNode, type Ref, useState } from 'react';
import { commonTexts } from './common-texts.ts';
import { errorText } from './error-texts.ts';
import { type FileLimits, type FileProblem, sortFiles } from './file-kind.ts';
import { formatFileSize } from './format.ts';
import { defineTexts, type Language, textsFor, useLanguage, useTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    invite: 'Dateien hierher ziehen oder auswählen',
    inviteOne: 'Datei hierher ziehen oder auswählen',
    release: 'Loslassen zum Hinzufügen',
    limit: 'bis {{size}} je Datei',
    limitAndCount: 'bis {{size}} je Datei, höchstens {{most}} Dateien',
    'too-many_one': 'Hier sind höchstens {{most}} Dateien möglich. Eine war zu viel und wurde nicht übernommen.',
    'too-many_other':
      'Hier sind höchstens {{most}} Dateien möglich. {{count}} waren zu viel und wurden nicht übernommen.',
    others_one: 'Noch eine Datei wurde nicht übernommen.',
    others_other: 'Noch {{count}} Dateien wurden nicht übernommen.',
  },
  en: {
    invite: 'Drop files here or choose them',
    inviteOne: 'Drop a file here or choose it',
    release: 'Let go to add',
    limit: 'up to {{size}} each',
    limitAndCount: 'up to {{size}} each, at most {{most}} files',
    'too-many_one': 'At most {{most}} files fit here. One was too many and was not added.',
    'too-many_other': 'At most {{most}} files fit here. {{count}} were too many and were not added.',
    others_one: 'One more file was not added.',
    others_other: '{{count}} more files were not added.',
  },
});

/** More sentences than these nobody reads. */
const mostSentences = 3;

interface FileDropProps extends FileLimits {
  /** Files that fit, in the order chosen. Never empty. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Files already there, for the limit. */
  readonly count?: number;
  /** Media types the file dialog offers; the server checks the content. */
  readonly accept?: readonly string[];
  readonly disabled?: boolean;
  /** While the files are taken over. */
  readonly loading?: boolean;
  /** One line, for composers. */
  readonly compact?: boolean;
  /** What the files are for: heads the invitation and names the field. */
  readonly label?: string;
  /** Instead of the invitation. */
  readonly children?: ReactNode;
  /** Receives a function that opens the file dialog. */
  readonly openRef?: Ref<() => void>;
}

function problemSentence(problem: FileProblem, limits: FileLimits, language: Language): string {
  if (problem.code === 'too-many') {
    return textsFor(language, texts)('too-many', { count: problem.left, most: limits.maxFiles ?? 0 });
  }
  return errorText(language, problem.code, { name: problem.name, limit: limits.maxBytes }).sentence;
}

/** A place to drop or choose files. What does not fit is said file by file; what fits is taken all the same. */
export function FileDrop({
  onFiles,
  maxBytes,
  maxFiles,
  count = 0,
  accept,
  disabled = false,
  loading = false,
  compact = false,
  label,
  children,
  openRef,
}: FileDropProps) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const [problems, setProblems] = useState<readonly FileProblem[]>([]);
  const limits: FileLimits = { maxBytes, ...(maxFiles === undefined ? {} : { maxFiles }) };
  const size = formatFileSize(maxBytes, language);
  const single = maxFiles === 1;
  const invite = single ? t('inviteOne') : t('invite');
  const take = (files: readonly File[], ofOtherType: readonly File[]) => {
    const sorted = sortFiles(files, limits, count);
    const refused = ofOtherType.map(({ name }): FileProblem => ({ code: 'file-type-not-allowed', name }));
    setProblems([...refused, ...sorted.problems]);
    if (sorted.accepted.length > 0) onFiles(sorted.accepted);
  };
  const Icon = compact ? IconPaperclip : IconUpload;
  return (
    <div className="tp-drop">
      <Dropzone
        className="tp-drop-zone"
        mod={{ compact }}
        onDrop={() => undefined}
        onDropAny={(files, rejections) =>
          take(
            files,
            rejections.map((rejection) => rejection.file),
          )
        }
        multiple={!single}
        disabled={disabled}
        loading={loading}
        {...(accept === undefined ? {} : { accept: [...accept] })}
        {...(openRef === undefined ? {} : { openRef: openRef as DropzoneProps['openRef'] })}
        inputProps={{ 'aria-label': label ?? invite }}
      >
        {children ?? (
          <div className="tp-drop-invite">
            <Icon size={compact ? 18 : 24} aria-hidden="true" />
            <span className="tp-drop-words">
              {label !== undefined && (
                <Text component="span" display="block" fw={500}>
                  {label}
                </Text>
              )}
              <span className="tp-drop-idle">{invite}</span>
              <span className="tp-drop-over">{t('release')}</span>
              <Text component="span" size="xs" c="dimmed">
                {maxFiles === undefined || single ? t('limit', { size }) : t('limitAndCount', { size, most: maxFiles })}
              </Text>
            </span>
          </div>
        )}
      </Dropzone>
      {problems.length > 0 && (
        <div className="tp-strip" data-tone="alarm" role="alert">
          <IconAlertTriangle size={20} aria-hidden="true" />
          <div className="tp-strip-body">
            <Stack gap={4}>
              {problems.slice(0, mostSentences).map((problem, index) => {
                const key = `${index} ${problem.code}`;
                return <Text key={key}>{problemSentence(problem, limits, language)}</Text>;
              })}
              {problems.length > mostSentences && (
                <Text>{t('others', { count: problems.length - mostSentences })}</Text>
              )}
            </Stack>
          </div>
          <CloseButton aria-label={common('close')} onClick={() => setProblems([])} />
        </div>
      )}
    </div>
  );
}
