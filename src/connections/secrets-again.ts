import type { Fault } from '../core/errors.js';
import { isWithin } from './allowed-hosts.js';
import type { ShownTransport } from './transport/transport-settings.js';
import { isOAuth, SECRET_MEMBERS, type AuthType, type PublicAuth } from './connection-auth.js';

/** What an edit changes, as far as it says where secrets may go. */
export interface Reach {
  allowedHosts: readonly string[];
  auth: PublicAuth;
  transport: ShownTransport;
}

/**
 * Secrets that an edit would let go to places they were not given for, and which therefore must be given with it:
 * whoever may edit a connection may not read it. An administrator, who sets the bounds, need not.
 * @param given pointers to the secret members that the edit holds
 */
export function secretsNeededAgain(before: Reach, after: Reach, given: ReadonlySet<string>): Fault[] {
  return [...passwordNeededAgain(before, after, given), ...signInNeededAgain(before, after, given)];
}

/** The password of a proxy goes to the proxy, as it is. */
function passwordNeededAgain(before: Reach, after: Reach, given: ReadonlySet<string>): Fault[] {
  const path = '/proxy/password';
  const isElsewhere = before.transport.proxy?.url !== after.transport.proxy?.url;
  if (!isElsewhere || !after.transport.proxy?.hasPassword || given.has(path)) return [];
  const message = 'The proxy is another one: give its password again, or let an administrator change it.';
  return [{ path, code: 'secret_needed', message }];
}

function signInNeededAgain(before: Reach, after: Reach, given: ReadonlySet<string>): Fault[] {
  if (before.auth.type !== after.auth.type) return []; // then nothing stored is used any more
  const why = movesTokenUrl(before.auth, after.auth)
    ? 'The access token URL leads to another server'
    : widens(before, after) && SENT_AS_THEY_ARE.has(after.auth.type)
      ? 'The connection would be allowed for more hosts'
      : trustsOthers(before, after) && (isOAuth(after.auth) || SENT_AS_THEY_ARE.has(after.auth.type))
        ? 'The calls would go another way, or trust other certificates'
        : null;
  if (why === null) return [];
  return SECRET_MEMBERS[after.auth.type]
    .filter((member) => !given.has(`/auth/${member}`))
    .map((member) => ({
      path: `/auth/${member}`,
      code: 'secret_needed',
      message: `${why}: give ${member} again, or let an administrator change it.`,
    }));
}

/** Whether tokens that are held were given for something else: another client, another server, fewer hosts. */
export const outgrowsTokens = (before: Reach, after: Reach, isAdministrator: boolean): boolean =>
  before.auth.type !== after.auth.type ||
  before.auth.clientId !== after.auth.clientId ||
  movesTokenUrl(before.auth, after.auth) ||
  (!isAdministrator && before.auth.type === 'oauth2' && (widens(before, after) || trustsOthers(before, after)));

const widens = (before: Reach, after: Reach): boolean => !isWithin(after.allowedHosts, before.allowedHosts);

/** Whether somebody can read the calls, or pose as the receiver, who could not before. */
function trustsOthers({ transport: before }: Reach, { transport: after }: Reach): boolean {
  const isOtherWay = after.proxy !== null && after.proxy.url !== before.proxy?.url;
  const isOtherTrust = (['ca', 'servername'] as const).some((member) => after.tls?.[member] !== before.tls?.[member]);
  return isOtherWay || isOtherTrust || (after.tls?.skipVerify === true && before.tls?.skipVerify !== true);
}

/**
 * What goes to the hosts of the others is nothing (`none`, `shared-secret`), a signature, or a token that a person gives
 * again by signing in (`oauth2`, see `outgrowsTokens`).
 */
const SENT_AS_THEY_ARE: ReadonlySet<AuthType> = new Set(['basic', 'bearer', 'api-key', 'oauth2-client-credentials']);

const movesTokenUrl = (before: PublicAuth, after: PublicAuth): boolean =>
  isOAuth(before) &&
  isOAuth(after) &&
  new URL(String(before.accessTokenUrl)).origin !== new URL(String(after.accessTokenUrl)).origin;
