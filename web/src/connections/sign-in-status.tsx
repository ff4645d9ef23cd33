import type { Connection } from '../api/types.js';
import { Button } from '../ui/button.js';
import {
  IconAlertCircleFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconLoader2,
} from '../ui/icons.js';
import { formatExact } from '../ui/time.js';
import { stateOf } from './connection-state.js';
import type { SignInPhase } from './use-sign-in.js';
import classes from './connections.module.css';

interface SignInStatusProps {
  phase: SignInPhase;
  /** Null while it is not stored. */
  connection: Connection | null;
  /** What it stands under. */
  heading?: 'h2' | 'h3';
  /** Left out where another button does it. */
  onSignIn?: () => void;
}

/** Whether somebody is signed in, and how the sign-in that is under way goes. */
export function SignInStatus({ phase, connection, heading, onSignIn }: SignInStatusProps) {
  if (phase.kind === 'waiting')
    return (
      <Bar
        heading={heading}
        tone="in"
        icon={<IconLoader2 size={18} className={classes.spin} aria-hidden />}
        title="Waiting for the sign-in"
      >
        {phase.windowClosed
          ? 'The window is closed. If you have not finished there, cancel and begin again.'
          : 'Finish it in the window that opened.'}
      </Bar>
    );
  if (phase.kind === 'denied' || phase.kind === 'failed') {
    const title = phase.kind === 'denied' ? 'The sign-in was refused' : 'The sign-in failed';
    return (
      <Bar
        heading={heading}
        tone="er"
        icon={<IconAlertCircleFilled size={18} aria-hidden />}
        title={title}
        alert
        onSignIn={onSignIn}
      >
        {phase.message}
      </Bar>
    );
  }
  if (connection?.auth.type !== 'oauth2') return null;
  const { status, authorizationUrl, accessToken, expiresAt, refreshToken } = connection.auth;
  if (status !== 'connected') {
    const { text, detail } = stateOf(connection, Date.now());
    const isNew = connection.auth.status === 'not-connected' && !connection.auth.error;
    return (
      <Bar
        heading={heading}
        tone={isNew ? 'neutral' : 'er'}
        icon={isNew ? <IconCircleDashed size={18} aria-hidden /> : <IconAlertCircleFilled size={18} aria-hidden />}
        title={text}
        onSignIn={onSignIn}
      >
        {detail}
      </Bar>
    );
  }
  const isShort = stateOf(connection, Date.now()).text === 'Expires soon';
  const end = expiresAt === null ? '' : formatExact(expiresAt);
  const until = refreshToken ? end && ` It renews by itself before ${end}.` : end && ` It ends ${end}.`;
  return (
    <Bar
      heading={heading}
      tone={isShort ? 'wa' : 'ok'}
      icon={
        isShort ? <IconAlertTriangleFilled size={18} aria-hidden /> : <IconCircleCheckFilled size={18} aria-hidden />
      }
      title={`Signed in to ${URL.canParse(authorizationUrl) ? new URL(authorizationUrl).host : authorizationUrl}`}
      onSignIn={onSignIn}
    >
      {accessToken && `The access token ends in ${accessToken.replace(/^…/, '')}.`}
      {until}
    </Bar>
  );
}

interface BarProps {
  tone: 'ok' | 'er' | 'wa' | 'in' | 'neutral';
  icon: React.ReactNode;
  title: string;
  heading?: 'h2' | 'h3';
  children: React.ReactNode;
  alert?: boolean;
  onSignIn?: () => void;
}

function Bar({ tone, icon, title, heading: Heading = 'h3', children, alert, onSignIn }: BarProps) {
  return (
    <div className={classes.bar} data-tone={tone} role={alert ? 'alert' : 'status'}>
      {icon}
      <div className={classes.barText}>
        <Heading>{title}</Heading>
        <p className="foreign">{children}</p>
      </div>
      {onSignIn && <Button onClick={onSignIn}>{tone === 'neutral' ? 'Sign in' : 'Sign in again'}</Button>}
    </div>
  );
}
