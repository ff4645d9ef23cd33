import type { SignInEnd } from './authorizations.service.js';

/** What the page tells the builder, over a `BroadcastChannel` of this name and to the window that opened it. */
export const CHANNEL = 'hookline-oauth';

/**
 * The page at which a sign-in ends. Its script is a fixed text: what it says lies in attributes. It takes the code out of
 * the address, tells the builder of our own origin, and closes itself where it was opened by it; a failure stays to be
 * read. A provider may cut the tie to the opener (COOP), which the channel does not need. Where a browser allowed no
 * window, the builder left an address in the storage of this one: the page goes back there.
 */
export function callbackPage(end: SignInEnd, nonce: string): string {
  const [title, text] =
    end.kind === 'connected'
      ? ['Connected', `${end.name ?? 'The connection'} is connected. You can close this window.`]
      : [end.kind === 'denied' ? 'Not connected' : 'The sign-in failed', end.message];
  const message = JSON.stringify({ type: CHANNEL, connectionId: end.connectionId, outcome: end.kind });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Hookline</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body data-message="${escaped(message)}">
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
<p class="back"><a href="/connections">Go to the connections</a></p>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** Nothing but what the page carries itself, once; and nobody may frame it. */
export const callbackPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { max-width: 34rem; padding: 2rem; overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0; }
.back { margin-top: 1.5rem; }
`;

const SCRIPT = `
history.replaceState(null, '', location.pathname);
const message = JSON.parse(document.body.dataset.message);
if (window.BroadcastChannel) new BroadcastChannel(message.type).postMessage(message);
if (window.opener) window.opener.postMessage(message, location.origin);
else if (message.connectionId) goBack();
if (message.outcome === 'connected') window.close();
function goBack() {
  const back = sessionStorage.getItem(message.type);
  sessionStorage.removeItem(message.type);
  const target = back && new URL(back, location.origin);
  if (!target || target.origin !== location.origin) return;
  target.searchParams.set('signIn', message.outcome);
  location.replace(target.href);
}
`;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
