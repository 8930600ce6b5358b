import { RichTextEditor } from '@mantine/tiptap';
import { type Editor, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { safeHref } from '../../../shared/ui/rich-document.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { LinkControl } from './link-control.tsx';
import classes from './notices.module.css';
import { noticesTexts } from './notices-texts.ts';

/** An empty document. */
export const emptyBody = JSON.stringify({ type: 'doc', content: [{ type: 'paragraph' }] });

function documentOf(body: string): object {
  try {
    return JSON.parse(body) as object;
  } catch {
    // A body that is no document any more opens empty instead of not at all; saving is what replaces it.
    return JSON.parse(emptyBody) as object;
  }
}

/** The editor of a notice's body: exactly what the portal shows, nothing that it would throw away. */
export function useBodyEditor(body: string, onChange: (body: string) => void): Editor | null {
  const t = useTexts(noticesTexts);
  return useEditor({
    content: documentOf(body),
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        blockquote: false,
        code: false,
        codeBlock: false,
        horizontalRule: false,
        strike: false,
        underline: false,
        link: {
          openOnClick: false,
          defaultProtocol: 'https',
          protocols: ['mailto'],
          isAllowedUri: (url) => safeHref(url) !== null,
          HTMLAttributes: { target: null, rel: null, class: null },
        },
      }),
    ],
    editorProps: {
      attributes: {
        'aria-label': t('body'),
        class: 'tp-formatted',
        role: 'textbox',
        'aria-multiline': 'true',
        'data-placeholder': t('bodyPlaceholder'),
      },
    },
    onUpdate: ({ editor }) => onChange(JSON.stringify(editor.getJSON())),
  });
}

interface BodyEditorProps {
  readonly editor: Editor | null;
  readonly empty: boolean;
  readonly invalid: boolean;
}

/** The toolbar and the page one writes on. */
export function BodyEditor({ editor, empty, invalid }: BodyEditorProps) {
  const t = useTexts(noticesTexts);
  return (
    <RichTextEditor
      editor={editor}
      withTypographyStyles={false}
      className={classes.editor}
      data-empty={empty || undefined}
      data-invalid={invalid || undefined}
      labels={{
        boldControlLabel: t('bold'),
        italicControlLabel: t('italic'),
        h2ControlLabel: t('heading2'),
        h3ControlLabel: t('heading3'),
        bulletListControlLabel: t('bullets'),
        orderedListControlLabel: t('numbers'),
        undoControlLabel: t('undo'),
        redoControlLabel: t('redo'),
      }}
    >
      <RichTextEditor.Toolbar>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Bold />
          <RichTextEditor.Italic />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.H2 />
          <RichTextEditor.H3 />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.BulletList />
          <RichTextEditor.OrderedList />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <LinkControl editor={editor} />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Undo />
          <RichTextEditor.Redo />
        </RichTextEditor.ControlsGroup>
      </RichTextEditor.Toolbar>
      <RichTextEditor.Content />
    </RichTextEditor>
  );
}
