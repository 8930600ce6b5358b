/** The addresses of the portal; mails of the viewer lead to some of them. */
export const paths = {
  signIn: '/anmelden',
  forgotPassword: '/passwort-vergessen',
  properties: '/',
  start: (propertyId: string) => `/objekte/${propertyId}`,
  board: (propertyId: string) => `/objekte/${propertyId}/brett`,
  documents: (propertyId: string) => `/objekte/${propertyId}/dokumente`,
  directory: (propertyId: string) => `/objekte/${propertyId}/nachbarn`,
  messages: (propertyId: string) => `/objekte/${propertyId}/nachrichten`,
  newMessage: (propertyId: string) => `/objekte/${propertyId}/nachrichten/neu`,
  conversation: (propertyId: string, activityId: string) => `/objekte/${propertyId}/nachrichten/${activityId}`,
  more: (propertyId: string) => `/objekte/${propertyId}/mehr`,
  account: (propertyId: string) => `/objekte/${propertyId}/konto`,
} as const;

/** The sign-in page, with the way back to where somebody wanted to go. */
export function signInFor(target: string): string {
  return target === '/' ? paths.signIn : `${paths.signIn}?ziel=${encodeURIComponent(target)}`;
}

/** Where to go after signing in: a path of this portal, never another site. */
export function targetOf(search: string): string {
  const target = new URLSearchParams(search).get('ziel') ?? '/';
  return /^\/(?![/\\])/.test(target) && !target.startsWith(paths.signIn) ? target : '/';
}
