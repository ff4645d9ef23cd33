export type SignInOutcome = 'connected' | 'denied' | 'failed';

/** What the page at the end of a sign-in calls its channel, its message, and the place of the address to return to. */
const CHANNEL = 'hookline-oauth';

const WIDTH = 560;
const HEIGHT = 740;

/** Empty at first; null where the browser does not allow it. */
export function openSignInWindow(): Window | null {
  forgetReturn();
  const left = Math.max(0, Math.round(window.screenX + (window.outerWidth - WIDTH) / 2));
  const top = Math.max(0, Math.round(window.screenY + (window.outerHeight - HEIGHT) / 3));
  return window.open('', CHANNEL, `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`);
}

/** Signs in in this very window: the page at the end of it comes back here. */
export function leaveForSignIn(address: string, connectionId: string): void {
  const { pathname, search } = window.location;
  const back = pathname.startsWith('/connections') ? `/connections/${connectionId}` : pathname + search;
  try {
    sessionStorage.setItem(CHANNEL, back);
  } catch {
    // Storage may be forbidden: the page at the end then shows a link.
  }
  window.location.assign(address);
}

/** It is this window's: one that is opened from it would take a copy along. */
function forgetReturn(): void {
  try {
    sessionStorage.removeItem(CHANNEL);
  } catch {
    // see above
  }
}

/** Tells of sign-ins that end in any window of ours, until it is stopped. */
export function onSignInEnd(tell: (connectionId: string | null, outcome: SignInOutcome) => void): () => void {
  const hear = (data: unknown) => {
    const message = data as { type?: unknown; connectionId?: string | null; outcome?: SignInOutcome } | null;
    if (message?.type === CHANNEL && message.outcome) tell(message.connectionId ?? null, message.outcome);
  };
  const onMessage = (event: MessageEvent) => event.origin === window.location.origin && hear(event.data);
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => hear(event.data);
  window.addEventListener('message', onMessage);
  return () => {
    channel.close();
    window.removeEventListener('message', onMessage);
  };
}
