import { useCallback, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { CreateButton } from '../../lib/layout/create-button.tsx';
import { Page, Split } from '../../lib/layout/page.tsx';
import { useLeaveQuestion } from './leave-guard.tsx';
import { NoticePane } from './notice-editor.tsx';
import { NoticesList } from './notices-list.tsx';
import { noticesTexts } from './notices-texts.ts';

/** Stands in the address where a new notice is being written. */
const fresh = 'new';

/** Aushänge: the list, and the notice that is open beside it. */
export function NoticesPage() {
  const t = useTexts(noticesTexts);
  const { id = null } = useParams();
  const navigate = useNavigate();
  const open = (next: string | null) => void navigate(next === null ? '/notices' : `/notices/${next}`);
  const create = () => open(fresh);
  return (
    <Split
      list={
        <Page
          title={t('notices')}
          fill
          actions={<CreateButton label={t('newNotice')} narrow={id !== null} onClick={create} />}
        >
          <NoticesList propertyId={null} openId={id} onOpen={open} onCreate={create} />
        </Page>
      }
      detail={
        id === null ? null : (
          <NoticePane
            key={id}
            id={id === fresh ? null : id}
            propertyId={null}
            onClose={() => open(null)}
            onSaved={open}
          />
        )
      }
    />
  );
}

/** Aushänge of a property. */
export function PropertyNotices({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(noticesTexts);
  const [openId, setOpenId] = useState<string | null>(null);
  const unsaved = useRef(false);
  const ask = useLeaveQuestion();
  const onDirty = useCallback((dirty: boolean) => {
    unsaved.current = dirty;
  }, []);
  const open = async (next: string | null) => {
    if (next === openId || (unsaved.current && !(await ask()))) return;
    setOpenId(next);
  };
  const create = () => void open(fresh);
  return (
    <Split
      list={
        <NoticesList
          propertyId={propertyId}
          openId={openId}
          onOpen={(next) => void open(next)}
          onCreate={create}
          actions={<CreateButton label={t('newNotice')} narrow={openId !== null} onClick={create} />}
        />
      }
      detail={
        openId === null ? null : (
          <NoticePane
            key={openId}
            id={openId === fresh ? null : openId}
            propertyId={propertyId}
            onClose={() => void open(null)}
            onSaved={setOpenId}
            onDirty={onDirty}
          />
        )
      }
    />
  );
}
