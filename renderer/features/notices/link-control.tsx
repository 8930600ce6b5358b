import { Button, Group, Popover, TextInput } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { IconLink } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { safeHref } from '../../../shared/ui/rich-document.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { noticesTexts } from './notices-texts.ts';

/** An address as somebody types it: without a scheme it is a mail address or a page. */
function completed(typed: string): string {
  const text = typed.trim();
  if (text === '' || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  return text.includes('@') ? `mailto:${text}` : `https://${text}`;
}

/** Sets or removes the link of what is selected. */
export function LinkControl({ editor }: { readonly editor: Editor | null }) {
  const t = useTexts(noticesTexts);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const show = () => {
    const href: unknown = editor?.getAttributes('link').href;
    setTyped(typeof href === 'string' ? href : '');
    setWrong(false);
    setOpen(true);
  };
  const apply = () => {
    const href = safeHref(completed(typed));
    if (href === null || editor === null) {
      setWrong(true);
      return;
    }
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && !editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    setOpen(false);
  };
  const remove = () => {
    editor?.chain().focus().extendMarkRange('link').unsetLink().run();
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} trapFocus shadow="md" width={340} position="bottom-start">
      <Popover.Target>
        <RichTextEditor.Control
          aria-label={t('link')}
          title={t('link')}
          active={editor?.isActive('link') ?? false}
          onClick={() => (open ? setOpen(false) : show())}
        >
          <IconLink size={16} />
        </RichTextEditor.Control>
      </Popover.Target>
      <Popover.Dropdown>
        <TextInput
          label={t('linkAddress')}
          data-autofocus
          value={typed}
          error={wrong ? t('linkWrong') : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            apply();
          }}
        />
        <Group justify="flex-end" gap="sm" mt="sm">
          {editor?.isActive('link') === true && (
            <Button variant="default" onClick={remove}>
              {t('unlink')}
            </Button>
          )}
          <Button onClick={apply}>{t('linkSave')}</Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
