import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ThemeProvider } from '../../../shared/ui/theme-provider.tsx';
import { SignInPage } from '../features/accounts/sign-in-page.tsx';
import { BoardPage } from '../features/notices/board-page.tsx';
import { queryClient } from '../lib/queries.ts';
import { ActivityLink, PropertyLink } from './deep-links.tsx';
import { LastResort } from './last-resort.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { PropertyShell } from './property-shell.tsx';
import { SignedIn } from './signed-in.tsx';

const InvitationPage = lazy(() =>
  import('../features/accounts/invitation-page.tsx').then((m) => ({ default: m.InvitationPage })),
);
const ForgotPasswordPage = lazy(() =>
  import('../features/accounts/forgot-password-page.tsx').then((m) => ({ default: m.ForgotPasswordPage })),
);
const ConfirmEmailPage = lazy(() =>
  import('../features/accounts/confirm-email-page.tsx').then((m) => ({ default: m.ConfirmEmailPage })),
);
const ResetPasswordPage = lazy(() =>
  import('../features/accounts/reset-password-page.tsx').then((m) => ({ default: m.ResetPasswordPage })),
);
const AccountPage = lazy(() =>
  import('../features/accounts/account-page.tsx').then((m) => ({ default: m.AccountPage })),
);
const PropertiesPage = lazy(() =>
  import('../features/properties/properties-page.tsx').then((m) => ({ default: m.PropertiesPage })),
);
const StartPage = lazy(() => import('../features/properties/start-page.tsx').then((m) => ({ default: m.StartPage })));
const MorePage = lazy(() => import('../features/properties/more-page.tsx').then((m) => ({ default: m.MorePage })));
const DocumentsPage = lazy(() =>
  import('../features/documents/documents-page.tsx').then((m) => ({ default: m.DocumentsPage })),
);
const DirectoryPage = lazy(() =>
  import('../features/people/directory-page.tsx').then((m) => ({ default: m.DirectoryPage })),
);
const MessagesPage = lazy(() =>
  import('../features/activities/messages-page.tsx').then((m) => ({ default: m.MessagesPage })),
);
const NewMessagePage = lazy(() =>
  import('../features/activities/new-message-page.tsx').then((m) => ({ default: m.NewMessagePage })),
);
const ConversationPage = lazy(() =>
  import('../features/activities/conversation-page.tsx').then((m) => ({ default: m.ConversationPage })),
);

/** The residents' portal. Sign-in and board travel with the first bundle, every other page when it is opened. */
export function Portal({ styleNonce }: { readonly styleNonce?: string }) {
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider density="portal" styleNonce={styleNonce}>
        <LastResort>
          <BrowserRouter>
            <Suspense fallback={<PageSkeleton />}>
              <Routes>
                <Route path="anmelden" element={<SignInPage />} />
                <Route path="einladung/:token" element={<InvitationPage />} />
                <Route path="passwort-vergessen" element={<ForgotPasswordPage />} />
                <Route path="passwort/:token" element={<ResetPasswordPage />} />
                <Route path="adresse/:token" element={<ConfirmEmailPage />} />
                <Route element={<SignedIn />}>
                  <Route index element={<PropertiesPage />} />
                  <Route
                    path="organisations/:organisationId/properties/:propertyId/:page?"
                    element={<PropertyLink />}
                  />
                  <Route path="organisations/:organisationId/activities/:activityId" element={<ActivityLink />} />
                  <Route path="objekte/:propertyId" element={<PropertyShell />}>
                    <Route index element={<StartPage />} />
                    <Route path="brett" element={<BoardPage />} />
                    <Route path="dokumente" element={<DocumentsPage />} />
                    <Route path="nachbarn" element={<DirectoryPage />} />
                    <Route path="nachrichten" element={<MessagesPage />} />
                    <Route path="nachrichten/neu" element={<NewMessagePage />} />
                    <Route path="nachrichten/:activityId" element={<ConversationPage />} />
                    <Route path="mehr" element={<MorePage />} />
                    <Route path="konto" element={<AccountPage />} />
                  </Route>
                </Route>
                <Route path="*" element={<Navigate to="/" replace />} />
              </Routes>
            </Suspense>
          </BrowserRouter>
        </LastResort>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
