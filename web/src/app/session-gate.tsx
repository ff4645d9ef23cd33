import type { ReactNode } from 'react';
import { reasonOf } from '../api/api-error.js';
import { useSession } from '../api/session.js';
import { SignInPage } from '../features/sign-in/sign-in-page.js';
import { ListError } from '../ui/list-parts.js';

/** Shows the page to who is signed in, and the sign-in at the same address to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.isPending) return null;
  if (session.isError && !session.data)
    return (
      <ListError heading="h1" what="Hookline" reason={reasonOf(session.error)} onRetry={() => session.refetch()} />
    );
  return session.data ? children : <SignInPage />;
}
